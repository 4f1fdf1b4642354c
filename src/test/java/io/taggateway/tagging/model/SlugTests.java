package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SlowTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of names with equal and with different slugs. */
class SlugTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Follow-up, follow-up",
                "Follow Up, follow-up",
                "\"  --VIP!!  \", vip!!",
                "Straße, strasse",
                "STRASSE, strasse",
                "STRAẞE, strasse",
                "ΟΔΟΣ, οδοσ",
                "οδος, οδοσ",
                "ｖｉｐ, vip",
                "ﬁne, fine",
                "Ⅷ, viii",
                "x², x2",
                "Réclamation, réclamation",
                "RÉCLAMATION, réclamation",
                "Re\u0301clamation, réclamation",
                "reclamation, reclamation",
                "🔥 Hot 🔥 Lead 🔥, 🔥-hot-🔥-lead-🔥",
                "a_b.c/d, a-b-c-d",
                "日本 語, 日本-語",
                "हिन्दी टैग, हिन्दी-टैग",
                "123, 123",
                "A+, a+",
                "A-, a",
                "C++, c++",
                "C#, c#",
                "< 5, <-5",
                "Paid?, paid?",
                "50 %, 50-%",
                "R&D, r&d",
                "$ → €, $-→-€",
                "❤️ Lead, ❤-lead",
                "co\u00adop\u200b, coop",
                "➀, ➀",
            })
    void slugIsFoldedAndHyphenated(String name, String slug) {
        assertThat(Slug.of(name)).isEqualTo(slug);
    }

    @Test
    void dottedAndDotlessIHaveDifferentSlugs() {
        assertThat(Slug.of("I")).isEqualTo("i");
        assertThat(Slug.of("ı")).isEqualTo("ı");
        assertThat(Slug.of("İ")).isEqualTo(Slug.of("i\u0307")).isNotEqualTo("i");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "A+, A-",
                "C++, C#",
                "C++, C",
                "C#, C",
                "< 5, > 5",
                "🔥 Lead, ❄️ Lead",
                "Paid, Paid?",
                "Paid?, Paid!",
                "50%, 50",
                "R&D, R D",
                "*VIP*, VIP",
                "@home, home",
                "$, €",
                "🔥, 7",
                "--, __",
                "➀, ➁",
            })
    void namesThatDifferInSymbolsHaveOtherSlugs(String one, String other) {
        assertThat(Slug.of(one)).isNotEqualTo(Slug.of(other));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "'- -'", "--", "__", "(.)", "…", "\u200b", "🔥", "!?", "\u0301"})
    void slugIsTheNameWhenNormalizationRemovesAllCharacters(String name) {
        assertThat(Slug.of(name)).isEqualTo(name);
    }

    @Test
    void slugIsThatOfTheBeginningWhenTheNameIsLong() {
        String beginning = "a".repeat(255) + 'b';
        assertThat(Slug.of(beginning + "c")).isEqualTo(Slug.of(beginning + "d")).isEqualTo(beginning);
        assertThat(Slug.of("a".repeat(255) + "🔥")).isEqualTo("a".repeat(255));
        assertThat(Slug.of("\uFDFA".repeat(256))).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void runOfMarksIsBounded() {
        String marks = "\u0301\u0323".repeat(100);
        assertThat(Slug.of("x" + marks + "y")).hasSize(32).startsWith("x").endsWith("y");
    }

    @SlowTest
    @Test
    void slugOfEverySingleCharacterIsItsOwnSlugInAnyCase() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(c -> {
                    String slug = Slug.of("a" + Character.toString(c) + "b");
                    return !Slug.of(slug).equals(slug);
                }))
                .isEmpty();
    }

    @Test
    void unpairedSurrogatesSeparateWords() {
        assertThat(Slug.of("a\uD83Db")).isEqualTo("a-b");
    }
}
