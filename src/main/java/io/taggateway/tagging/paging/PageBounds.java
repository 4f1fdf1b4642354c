package io.taggateway.tagging.paging;

import org.jspecify.annotations.Nullable;

/** Relay's {@code PageInfo}: what lies on either side of a page. */
public record PageBounds(
        boolean hasNextPage,
        boolean hasPreviousPage,
        @Nullable String startCursor,
        @Nullable String endCursor) {}
