package io.taggateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of normalized phone numbers. */
class PhoneNumberNormalizerTests {

    private final PhoneNumberNormalizer numbers = new PhoneNumberNormalizer(null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "Anonymous",
                "unknown",
                "restricted",
                "private",
                "unavailable",
                "+266696687",
                "+7378742833",
                "+8656696",
                "+86282452253",
                "+2562533",
                "+0",
                "+",
                "+10000000000",
                "101",
                "0199001000",
                "+33 1 99 00 10 00",
                "sip:+33199001000@example.com"
            })
    void unassignedNumberIdentifiesNoParty(String number) {
        assertThat(numbers.identifies(number)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        ", +33 1 99 00 10 00, +33199001000",
        ", 0033 1 99 00 10 00, +33199001000",
        ", 33199001000, +33199001000",
        ", tel:+33-1-99-00-10-00, +33199001000",
        ", 01 99 00 10 00,",
        ", 2025550106,",
        ", anonymous,",
        ", '',",
        "FR, 01 99 00 10 00, +33199001000",
        "FR, 1 99 00 10 00, +33199001000",
        "FR, 0044 20 7946 0000, +442079460000",
        "US, 0033 1 99 00 10 00, +33199001000",
        "US, (202) 555-0106, +12025550106",
        "FR, 12,"
    })
    void numberIsParsedInAnyNotation(@Nullable String region, String number, @Nullable String parsed) {
        assertThat(new PhoneNumberNormalizer(region).parse(number)).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+33199001000", "+442079460000", "+41446681800"})
    void validNumberIdentifiesAParty(String number) {
        assertThat(numbers.identifies(number)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "+33199001000, +33199001000",
        "' +33 1 99 00 10 00 ', +33199001000",
        "+33 (0)1.99.00.10.00, +33199001000",
        "+1 (202) 555-0106, +12025550106",
        "+39 06 1234 5678, +390612345678",
        "0199001000, 0199001000",
        "' anonymous ', anonymous",
        "+, +",
        "+999123, +999123"
    })
    void numberIsNormalizedWhenValidAndUnchangedOtherwise(String number, String expected) {
        assertThat(numbers.normalize(number)).isEqualTo(expected);
        assertThat(numbers.normalize(expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void absentOrBlankNumberIsNull(@Nullable String number) {
        assertThat(numbers.normalize(number)).isNull();
        assertThat(numbers.normalize("33", number)).isNull();
    }

    @Test
    void numberWithoutCountryIsOfTheDefaultRegion() {
        PhoneNumberNormalizer french = new PhoneNumberNormalizer("FR");
        assertThat(french.normalize("01 99 00 10 00")).isEqualTo("+33199001000");
        assertThat(french.normalize("+12025550106")).isEqualTo("+12025550106");
    }

    @Test
    void overlongNumberIsUnchanged() {
        String endless = "+33" + "1".repeat(500);
        assertThat(numbers.normalize(endless)).isEqualTo(endless);
    }

    @ParameterizedTest
    @CsvSource({
        "+33, 199001000, +33199001000",
        "33, 199001000, +33199001000",
        "0033, 199001000, +33199001000",
        "' 33 ', ' 0199001000', +33199001000",
        "FR, 0199001000, +33199001000",
        "fr, 01 99 00 10 00, +33199001000",
        "39, 06 1234 5678, +390612345678",
        "+44, +33199001000, +33199001000",
        "XX, 0199001000, 0199001000",
        ", +33199001000, +33199001000",
        "' ', +33199001000, +33199001000"
    })
    void partsAreJoined(@Nullable String country, String number, String expected) {
        assertThat(numbers.normalize(country, number)).isEqualTo(expected);
    }
}
