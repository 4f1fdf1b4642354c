package io.taggateway.tagging.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The digits of phone numbers, by which a part of a number is found in any notation of it. */
public final class PhoneDigits {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ()./-]+");
    private static final Pattern NOT_DIGIT = Pattern.compile("[^0-9]");

    /** A search for fewer digits may be one for a name that has them. */
    private static final int MIN_DIGITS = 6;

    /** The number of last digits that are the same in each notation of a number. */
    private static final int SIGNIFICANT_DIGITS = 9;

    private PhoneDigits() {}

    /** The end of a number that is searched for, however its beginning is written; empty for what may be a name. */
    public static String ofSearch(String search) {
        if (!NUMBER.matcher(search).matches()) {
            return "";
        }
        String digits = NOT_DIGIT.matcher(search).replaceAll("").replaceFirst("^0+", "");
        return digits.length() < MIN_DIGITS ? "" : digits.substring(Math.max(0, digits.length() - SIGNIFICANT_DIGITS));
    }

    /** Whether a number has these digits, one after the other. */
    public static boolean isIn(@Nullable String number, String digits) {
        return number != null && NOT_DIGIT.matcher(number).replaceAll("").contains(digits);
    }
}
