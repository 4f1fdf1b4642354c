package io.taggateway.tagging.source;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a vendor's list.
 *
 * @param next the token of the next page; null if there is none
 * @param previous the token of the previous page; null if there is none or the vendor cannot be read backward
 * @param total the number of items on all pages; null if the vendor does not return it
 * @param fetchedAt when the vendor returned this page
 * @param complete false if the vendor omitted items, or returned no token for the next page although there is one
 */
public record SourcePage<T>(
        List<T> items,
        @Nullable PageToken next,
        @Nullable PageToken previous,
        @Nullable Integer total,
        Instant fetchedAt,
        boolean complete) {

    /** A complete page. */
    public SourcePage(
            List<T> items,
            @Nullable PageToken next,
            @Nullable PageToken previous,
            @Nullable Integer total,
            Instant fetchedAt) {
        this(items, next, previous, total, fetchedAt, true);
    }

    /**
     * This page without items that do not match the request. If there are any, the count is dropped, as it is that of
     * another list.
     */
    public SourcePage<T> checked(Predicate<T> check) {
        List<T> kept = items.stream().filter(check).toList();
        return kept.size() == items.size() ? this : new SourcePage<>(kept, next, previous, null, fetchedAt, complete);
    }

    /** This page with its items mapped. */
    public SourcePage<T> with(List<T> others) {
        return new SourcePage<>(others, next, previous, total, fetchedAt, complete);
    }

    /**
     * The token of a vendor's page.
     *
     * @param value the vendor's own opaque token; null for the first page
     * @param backward whether the page ends at the token
     */
    public record PageToken(@Nullable String value, boolean backward) {

        /** The first page. */
        public static final PageToken FIRST = new PageToken(null, false);

        /** The page after a token. */
        public static PageToken after(String value) {
            return new PageToken(value, false);
        }

        /** The page before a token, its items in forward order. */
        public static PageToken before(String value) {
            return new PageToken(value, true);
        }
    }
}
