package io.taggateway.tagging.paging;

import java.util.function.Supplier;

/**
 * An item of a page with the cursor that stands for its place.
 *
 * @param place writes the cursor, which most callers never ask for
 */
public record Edge<T>(Supplier<String> place, T node) {

    /** The opaque cursor. */
    public String cursor() {
        return place.get();
    }
}
