package io.taggateway.tagging.paging;

import io.taggateway.tagging.paging.Connection.Edge;
import io.taggateway.tagging.paging.Connection.PageBounds;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Returns pages of a list that is completely known. A cursor contains the sort key of its item, so that it is valid
 * after changes of the list.
 *
 * @param cursors writes and reads the cursors
 * @param scope identifies the list of the cursors
 * @param keyParts the number of parts of a sort key
 * @param key the sort key of an item, whose parts are compared in their order
 * @param position compares an item with a sort key: negative if the item is before it, 0 if it is equal; throws
 *     {@code IllegalArgumentException} if the key is not valid
 */
public record ListPager<T>(
        CursorCodec cursors,
        String scope,
        int keyParts,
        Function<T, List<String>> key,
        Function<List<String>, ToIntFunction<T>> position) {

    /**
     * Checks the cursors, before any request to a vendor.
     *
     * @throws io.taggateway.tagging.model.BadInputException if one is of another list
     */
    public void check(PageArguments arguments) {
        place(arguments.after());
        place(arguments.before());
    }

    /** The requested page of a list, which must have the order of this pager. */
    public Connection<T> page(List<T> all, PageArguments arguments, List<SourceOutcome> sources) {
        ToIntFunction<T> after = place(arguments.after());
        ToIntFunction<T> before = place(arguments.before());
        int from = 0;
        int to = all.size();
        if (after != null) {
            from = firstBehind(all, after, true);
        }
        if (before != null) {
            to = Math.max(from, firstBehind(all, before, false));
        }
        Integer first = arguments.first();
        Integer last = arguments.last();
        if (first != null) {
            to = Math.min(to, from + first);
        } else if (last != null) {
            from = Math.max(from, to - last);
        }
        boolean counted = sources.stream().noneMatch(source -> source.status() == SourceStatus.FAILED);
        return new Connection<>(edges(all, from, to), bounds(all, from, to), counted ? all.size() : null, sources);
    }

    private List<Edge<T>> edges(List<T> all, int from, int to) {
        List<Edge<T>> edges = new ArrayList<>(to - from);
        all.subList(from, to).forEach(item -> edges.add(new Edge<>(() -> cursor(item), item)));
        return List.copyOf(edges);
    }

    private PageBounds bounds(List<T> all, int from, int to) {
        return from < to
                ? new PageBounds(to < all.size(), from > 0, () -> cursor(all.get(from)), () -> cursor(all.get(to - 1)))
                : new PageBounds(to < all.size(), from > 0, null, null);
    }

    private String cursor(T item) {
        List<@Nullable String> fields = new ArrayList<>(key.apply(item));
        fields.addFirst(scope);
        return cursors.write(fields);
    }

    private @Nullable ToIntFunction<T> place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] fields = cursors.read(cursor).stream().map(String::valueOf).toArray(String[]::new);
        if (fields.length != keyParts + 1 || !fields[0].equals(scope)) {
            throw CursorCodec.malformed(cursor);
        }
        try {
            return position.apply(List.of(fields).subList(1, fields.length));
        } catch (IllegalArgumentException e) {
            throw CursorCodec.malformed(cursor);
        }
    }

    /** The index of the first item after a position, or at it. */
    private int firstBehind(List<T> all, ToIntFunction<T> place, boolean strictly) {
        int from = 0;
        int to = all.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            int lies = place.applyAsInt(all.get(middle));
            if (lies > 0 || (lies == 0 && !strictly)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
