package io.taggateway.tagging.tag;

import org.jspecify.annotations.Nullable;

/**
 * What is to become different about a tag, as a caller writes it.
 *
 * @param name null to leave it as it is
 * @param color null to leave it as it is
 * @param description empty to clear it, null to leave it as it is
 */
public record TagDetailsInput(
        @Nullable String name,
        @Nullable String color,
        @Nullable String description) {}
