package io.taggateway.tagging.source;

import org.jspecify.annotations.Nullable;

/**
 * What is to become different about a tag.
 *
 * @param name null to leave it as it is
 * @param hex the color as {@code #RRGGBB}; null to leave it as it is
 * @param description empty to clear it, null to leave it as it is
 */
public record TagChange(
        @Nullable String name,
        @Nullable String hex,
        @Nullable String description) {

    /** Whether nothing is to become different. */
    public boolean isEmpty() {
        return name == null && hex == null && description == null;
    }
}
