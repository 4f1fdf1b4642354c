package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SlowTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that mean the same have the same slug, and others have not. */
class SlugTests {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Follow-up, follow-up",
                "Follow Up, follow-up",
                "\"  --VIP!!  \", vip",
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
                "🔥 Hot 🔥 Lead 🔥, hot-lead",
                "a_b.c/d, a-b-c-d",
                "日本 語, 日本-語",
                "हिन्दी टैग, हिन्दी-टैग",
                "123, 123",
            })
    void slugIsFoldedAndHyphenated(String name, String slug) {
        assertThat(Slug.of(name)).isEqualTo(slug);
    }

    @Test
    void dottedAndDotlessIKeepApart() {
        assertThat(Slug.of("I")).isEqualTo("i");
        assertThat(Slug.of("ı")).isEqualTo("ı");
        assertThat(Slug.of("İ")).isEqualTo(Slug.of("i\u0307")).isNotEqualTo("i");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "🔥", "!?", "'- -'", "\u0301"})
    void slugOfNothingIsTheFallback(String name) {
        assertThat(Slug.of(name)).isEmpty();
        assertThat(Slug.of(name, "4711")).isEqualTo("4711");
        assertThat(Slug.of("VIP", "4711")).isEqualTo("vip");
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
    void unpairedSurrogatesAreNoLetters() {
        assertThat(Slug.of("a\uD83Db")).isEqualTo("a-b");
    }
}
