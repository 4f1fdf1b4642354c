package io.taggateway.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.source.PhoneNumberRule;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts phone numbers to E.164 form, so that numbers of two vendors can be compared. */
public final class PhoneNumberNormalizer implements PhoneNumberRule {

    private static final int REMEMBERED = 20_000;
    private static final int MAX_LENGTH = 64;

    /** Fewer digits may be those of a national number, which could be a valid number of another country. */
    private static final int MIN_INTERNATIONAL_LENGTH = 11;

    private static final Pattern NOT_DIGIT = Pattern.compile("[^0-9]");

    private final @Nullable String defaultRegion;
    private final Cache<String, String> normalized =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private final Cache<String, Boolean> identifying =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    public PhoneNumberNormalizer(@Nullable String defaultRegion) {
        if (defaultRegion != null
                && !PhoneNumberUtil.getInstance().getSupportedRegions().contains(defaultRegion)) {
            throw new StartupException("GATEWAY_PHONE_DEFAULT_REGION is '" + defaultRegion
                    + "', but is no region; these have two capital letters, such as FR.");
        }
        this.defaultRegion = defaultRegion;
    }

    /** The number in E.164 form; unchanged if it cannot be parsed; null if there is none. */
    public @Nullable String normalize(@Nullable String number) {
        if (number == null || number.isBlank()) {
            return null;
        }
        return number.length() > MAX_LENGTH ? number : normalized.get(number, text -> parse(text, defaultRegion));
    }

    /**
     * A number from two parts.
     *
     * @param country a calling code with or without {@code +}, or a region such as {@code FR}
     */
    public @Nullable String normalize(@Nullable String country, @Nullable String number) {
        if (number == null || number.isBlank() || country == null || country.isBlank()) {
            return normalize(number);
        }
        String code = country.strip().replaceFirst("^(\\+|00)", "");
        if (number.strip().startsWith("+")) {
            return normalize(number);
        }
        if (number.strip().startsWith("00")) {
            return normalize("+" + number.strip().substring(2));
        }
        return code.matches("[0-9]{1,4}")
                ? normalize("+" + code + number.strip())
                : parse(number, code.toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean identifies(String number) {
        return number.startsWith("+")
                && number.length() <= MAX_LENGTH
                && Boolean.TRUE.equals(identifying.get(number, PhoneNumberNormalizer::isValid));
    }

    /**
     * A number that is not valid in the default region may be international with 00 in place of {@code +}, or without
     * either. A number that is too short for that may be national.
     */
    @Override
    public @Nullable String parse(String number) {
        String normalized = normalize(number);
        if (normalized == null || identifies(normalized)) {
            return normalized;
        }
        String digits = NOT_DIGIT.matcher(number).replaceAll("");
        if (!digits.startsWith("00") && digits.length() < MIN_INTERNATIONAL_LENGTH) {
            return null;
        }
        String international = parse("+" + digits.replaceFirst("^00", ""), defaultRegion);
        return identifies(international) ? international : null;
    }

    private static boolean isValid(String number) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber parsed = util.parse(number, null);
            return util.isValidNumber(parsed)
                    && util.format(parsed, PhoneNumberFormat.E164).equals(number);
        } catch (NumberParseException e) {
            return false;
        }
    }

    private static String parse(String number, @Nullable String region) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            return util.format(util.parse(number, region), PhoneNumberFormat.E164);
        } catch (NumberParseException e) {
            return number.strip();
        }
    }
}
