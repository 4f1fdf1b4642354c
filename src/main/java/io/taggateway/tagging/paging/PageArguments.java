package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.BadInputException;
import org.jspecify.annotations.Nullable;

/**
 * Relay's arguments for one page. {@code first} and {@code last} are 0 to 1000, and at most one of them is given.
 *
 * @param first the number of items from the beginning; null if not given
 * @param after the cursor after which the page begins
 * @param last the number of items from the end; null if not given
 * @param before the cursor before which the page ends
 */
public record PageArguments(
        @Nullable Integer first,
        @Nullable String after,
        @Nullable Integer last,
        @Nullable String before) {

    /** The maximum size of a page. */
    public static final int MAX_SIZE = 1000;

    /** The default size of a page. */
    public static final int DEFAULT_SIZE = 50;

    /** Checks the arguments before any request to a vendor. */
    public PageArguments {
        checkSize("first", first);
        checkSize("last", last);
        if (first != null && last != null) {
            throw new BadInputException("Give `first` or `last`, not both.");
        }
    }

    /** The arguments of a connection that can only be read forward. */
    public static PageArguments forward(@Nullable Integer first, @Nullable String after) {
        return new PageArguments(first, after, null, null);
    }

    /** Whether the page is counted from its end. */
    public boolean backward() {
        return last != null || (first == null && before != null);
    }

    /** The maximum number of items of the page. */
    public int size() {
        Integer size = backward() ? last : first;
        return size == null ? DEFAULT_SIZE : size;
    }

    private static void checkSize(String argument, @Nullable Integer size) {
        if (size != null && (size < 0 || size > MAX_SIZE)) {
            throw new BadInputException(
                    "`" + argument + "` must be between 0 and " + MAX_SIZE + ", but is " + size + ".");
        }
    }
}
