package io.taggateway.tagging.source;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a vendor's list.
 *
 * @param next where the next page begins; null if the vendor says that there is none
 * @param previous where the page before ends; null if there is none or the vendor has no way back
 * @param total how many items there are on all pages; null if the vendor does not say
 * @param fetchedAt when the vendor gave this page
 * @param complete false where the vendor has more that it left out, or does not say how to read on
 */
public record SourcePage<T>(
        List<T> items,
        @Nullable PageToken next,
        @Nullable PageToken previous,
        @Nullable Integer total,
        Instant fetchedAt,
        boolean complete) {

    /** A page of which nothing is missing. */
    public SourcePage(
            List<T> items,
            @Nullable PageToken next,
            @Nullable PageToken previous,
            @Nullable Integer total,
            Instant fetchedAt) {
        this(items, next, previous, total, fetchedAt, true);
    }

    /** This page without items that the vendor was not asked for; if it has any, its count is that of another list. */
    public SourcePage<T> checked(Predicate<T> check) {
        List<T> kept = items.stream().filter(check).toList();
        return kept.size() == items.size() ? this : new SourcePage<>(kept, next, previous, null, fetchedAt, complete);
    }

    /** This page with its items in another form. */
    public SourcePage<T> with(List<T> others) {
        return new SourcePage<>(others, next, previous, total, fetchedAt, complete);
    }

    /**
     * Where a vendor's page begins.
     *
     * @param value the vendor's own opaque token; null for the first page
     * @param backward whether the token asks for the page before it
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
