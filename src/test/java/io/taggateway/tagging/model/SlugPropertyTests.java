package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of slugs of arbitrary texts. */
class SlugPropertyTests {

    @Property(seed = "1")
    void slugOfSlugIsItself(@ForAll String name) {
        String slug = Slug.of(name);
        assertThat(Slug.of(slug)).isEqualTo(slug);
        if (!slug.equals(name)) {
            assertThat(slug).doesNotContain("--").doesNotStartWith("-").doesNotEndWith("-");
        }
    }

    @Property(seed = "2")
    void slugOfSlugOfUnusualTextIsItself(@ForAll("tangled") String name) {
        String slug = Slug.of(name);
        assertThat(Slug.of(slug)).isEqualTo(slug);
    }

    @Property(seed = "3")
    void letterCaseMakesNoDifference(@ForAll("words") String name) {
        assertThat(Slug.of(name.toUpperCase(Locale.ROOT))).isEqualTo(Slug.of(name));
    }

    @Property(seed = "4")
    void slugOfSlugOfLongUnusualTextIsItself(@ForAll("long") String name) {
        String slug = Slug.of(name);
        assertThat(Slug.of(slug)).isEqualTo(slug);
        assertThat(slug).hasSizeLessThanOrEqualTo(256);
    }

    @Property(seed = "5")
    void ignorableCharactersMakeNoDifference(@ForAll("words") String name) {
        assertThat(Slug.of("a" + name.replace("", "\u200b"))).isEqualTo(Slug.of("a" + name));
    }

    /** Texts near the bounds of length and of runs of combining marks. */
    @Provide("long")
    Arbitrary<String> near() {
        return Arbitraries.strings()
                .withChars("a-\u0301\u0323\u0344\uFDFA\uD83D\uDD25 ")
                .ofMinLength(200)
                .ofMaxLength(300);
    }

    /** Characters with special case mappings, compositions and joiners. */
    @Provide
    Arbitrary<String> tangled() {
        return Arbitraries.strings()
                .withChars("aAiIıİßẞſςσΣΐΰǰŉ\u0345\u0301\u0307\u0308\u0323\u200d-_ ﬁﬃ²Ⅷ가ᄀ\u1161ͅᾳᾼ")
                .ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abcßéςσοδ -").ofMaxLength(12);
    }
}
