package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of trimming and refusing tag names. */
class TagNameTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"  VIP \", VIP",
                "\u200bVIP\u200b, VIP",
                "\uFEFF\u00a0VIP\u3000, VIP",
                "VIP\uFE0F, VIP",
                "\u200eVIP\u200f, VIP",
                "V\u200dIP, V\u200dIP",
                "❤️\u200b, ❤️",
                "Lead ❄️, Lead ❄️",
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC7F,"
                        + " 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC7F",
                "1️⃣, 1️⃣",
                "\"\u200b \u2060\", \"\"",
            })
    void whiteSpaceAndIgnorableCharactersAreTrimmedAtBothEnds(String name, String trimmed) {
        assertThat(TagName.trim(name)).isEqualTo(trimmed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "\u200b",
                "\u200d\u2060",
                "\u3164",
                "\u00ad",
                "\u2800",
                "\u202eVIP",
                "V\u202eIP",
                "VIP\u202c",
                "V\u2067IP\u2069",
                "V\u200fIP",
                "VIP \uD83D",
                "\uDD25VIP",
                "V\uD83DIP",
                "V\u0000IP",
                "V\nIP"
            })
    void invisibleOrMisleadingNameIsRefused(String name) {
        assertThat(TagName.problem(name)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VIP",
                " VIP ",
                "🔥",
                "👨‍👩‍👧",
                "!?",
                "- -",
                "می‌خواهم",
                "עברית\u200f",
                "\u0301",
                "a\u0301\u0323"
            })
    void anyOtherNameIsAccepted(String name) {
        assertThat(TagName.problem(name)).isNull();
    }

    @Test
    void nameIsAtMost256CharactersLong() {
        assertThat(TagName.problem("a".repeat(256))).isNull();
        assertThat(TagName.problem("a".repeat(257))).isNotNull();
    }

    @Property(seed = "1")
    void trimmedNameIsTrimmed(@ForAll String name) {
        String trimmed = TagName.trim(name);
        assertThat(TagName.trim(trimmed)).isEqualTo(trimmed);
        assertThat(name).contains(trimmed);
    }

    @Property(seed = "2")
    void comparedNameIsStableAndHasABoundedLength(@ForAll String name, @ForAll @IntRange(max = 300) int marks) {
        String compared = TagName.compared(name.repeat(3) + "\u0301".repeat(marks));
        assertThat(compared).hasSizeLessThanOrEqualTo(TagName.MAX_LENGTH).doesNotContain("\u0301".repeat(31));
        assertThat(TagName.compared(compared)).isEqualTo(compared);
    }
}
