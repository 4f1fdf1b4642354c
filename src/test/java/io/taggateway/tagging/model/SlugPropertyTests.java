package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Slugs of any text whatever. */
class SlugPropertyTests {

    @Property
    void slugOfSlugIsItself(@ForAll String name) {
        String slug = Slug.of(name);
        assertThat(Slug.of(slug)).isEqualTo(slug);
        assertThat(slug).doesNotContain("--").doesNotStartWith("-").doesNotEndWith("-");
    }
}
