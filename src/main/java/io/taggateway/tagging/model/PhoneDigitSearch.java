package io.taggateway.tagging.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Searches phone numbers by some of their digits, in any notation. */
public final class PhoneDigitSearch {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ()./-]+");
    private static final Pattern NOT_DIGIT = Pattern.compile("[^0-9]");

    /** The minimum number of digits, as fewer may be part of a name. */
    private static final int MIN_DIGITS = 6;

    /** The number of last digits that are the same in each notation of a number. */
    private static final int SIGNIFICANT_DIGITS = 9;

    private PhoneDigitSearch() {}

    /**
     * The last digits of a number that is searched, which are the same in each notation; empty if the text may be a
     * name.
     */
    public static String ofSearch(String search) {
        if (!NUMBER.matcher(search).matches()) {
            return "";
        }
        String digits = NOT_DIGIT.matcher(search).replaceAll("").replaceFirst("^0+", "");
        return digits.length() < MIN_DIGITS ? "" : digits.substring(Math.max(0, digits.length() - SIGNIFICANT_DIGITS));
    }

    /** Whether a number contains this sequence of digits. */
    public static boolean isIn(@Nullable String number, String digits) {
        return number != null && NOT_DIGIT.matcher(number).replaceAll("").contains(digits);
    }
}
