package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.SourceException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items that a walk found.
 *
 * @param items in the order of the list
 * @param end where to read on; null where there is nothing behind the last item
 * @param hasPrevious whether there are items before the first
 * @param total the vendor's count of all items; null where it does not say
 * @param fetchedAt when the vendor gave the first page; null where it gave none
 * @param failure why the walk ended early; null where it did not
 */
record Slice<T>(
        List<Placed<T>> items,
        @Nullable Place end,
        boolean hasPrevious,
        @Nullable Integer total,
        @Nullable Instant fetchedAt,
        @Nullable SourceException failure) {

    /** Whether there is more before the first item that the vendor gave no way to. */
    boolean cutShort() {
        return failure == null && !hasPrevious && end != null && end.absolute() > items.size();
    }

    /** An item and where it lies. */
    record Placed<T>(T item, Place place) {}
}
