package io.taggateway.tagging.source;

import org.jspecify.annotations.Nullable;

/**
 * Which contacts to list.
 *
 * @param search part of a name or e-mail address; null for all. Ignored where {@code tagId} is given
 * @param tagId contacts with this tag, by the vendor's id; null for all
 */
public record ContactQuery(
        @Nullable String search, @Nullable String tagId) {}
