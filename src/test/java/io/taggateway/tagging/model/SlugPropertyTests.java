package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Slugs of any text whatever. */
class SlugPropertyTests {

    @Property(seed = "1")
    void slugOfSlugIsItself(@ForAll String name) {
        String slug = Slug.of(name);
        assertThat(Slug.of(slug)).isEqualTo(slug);
        assertThat(slug).doesNotContain("--").doesNotStartWith("-").doesNotEndWith("-");
    }

    @Property(seed = "2")
    void slugOfTangledSlugIsItself(@ForAll("tangled") String name) {
        String slug = Slug.of(name);
        assertThat(Slug.of(slug)).isEqualTo(slug);
    }

    @Property(seed = "3")
    void letterCaseMakesNoDifference(@ForAll("words") String name) {
        assertThat(Slug.of(name.toUpperCase(Locale.ROOT))).isEqualTo(Slug.of(name));
    }

    /** What cases, compositions and joints are made of. */
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
