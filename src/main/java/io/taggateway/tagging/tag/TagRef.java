package io.taggateway.tagging.tag;

import org.jspecify.annotations.Nullable;

/**
 * A tag as a caller names it; exactly one member is given.
 *
 * @param id a tag's id, of any vendor
 * @param name a tag's name, within the vendor that the tag will be used in
 * @param slug a tag's slug, likewise
 */
public record TagRef(
        @Nullable String id,
        @Nullable String name,
        @Nullable String slug) {}
