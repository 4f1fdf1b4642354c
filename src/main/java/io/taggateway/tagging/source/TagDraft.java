package io.taggateway.tagging.source;

import org.jspecify.annotations.Nullable;

/**
 * A tag to be created.
 *
 * @param name without spaces at its ends, not blank
 * @param hex the color as {@code #RRGGBB}; null for the vendor's default
 * @param description null for none; a vendor without descriptions leaves it out
 */
public record TagDraft(
        String name, @Nullable String hex, @Nullable String description) {}
