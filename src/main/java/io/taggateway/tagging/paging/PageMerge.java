package io.taggateway.tagging.paging;

import io.taggateway.tagging.paging.Connection.Edge;
import io.taggateway.tagging.paging.Connection.PageBounds;
import io.taggateway.tagging.paging.ListWalk.Slice;
import io.taggateway.tagging.paging.PageScan.PositionedItem;
import io.taggateway.tagging.source.SourceOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Merges parts of several lists into one page. Of the next items of all lists, the least is taken first; of equal ones,
 * that of the first list. So each list keeps its order, and the result does not depend on the page size.
 */
final class PageMerge<T> {

    private final List<SourceList<T>> lists;
    private final ListScope scope;
    private final List<Slice<T>> slices;
    private final Comparator<@Nullable T> order;
    private final int[] taken;
    private final List<@Nullable ListPosition> places;

    /**
     * Creates a merge for one page.
     *
     * @param slices the part of each list that was read
     * @param start the beginning of the slices
     * @param order the order of items; null stands for an item that was not read
     */
    PageMerge(
            List<SourceList<T>> lists,
            ListScope scope,
            List<Slice<T>> slices,
            List<@Nullable ListPosition> start,
            Comparator<@Nullable T> order) {
        this.lists = lists;
        this.scope = scope;
        this.slices = slices;
        this.order = order;
        this.taken = new int[slices.size()];
        this.places = new ArrayList<>(start);
    }

    /** The page of slices that were read forward. */
    Connection<T> forward(PageArguments arguments) {
        List<Edge<T>> edges = take(arguments.size());
        least();
        boolean more = IntStream.range(0, slices.size())
                .anyMatch(list -> head(list) != null || slices.get(list).rest() != null);
        return connection(edges, more, arguments.after() != null, more ? () -> cursor(places) : null);
    }

    /** The page of one slice that was read backward. */
    Connection<T> backward(PageArguments arguments) {
        boolean more = slices.getFirst().more();
        return connection(take(Integer.MAX_VALUE), arguments.before() != null, more, null);
    }

    private Connection<T> connection(
            List<Edge<T>> edges, boolean hasNext, boolean hasPrevious, @Nullable Supplier<String> end) {
        Supplier<String> first = edges.isEmpty() ? null : edges.getFirst().place();
        Supplier<String> last = edges.isEmpty() ? null : edges.getLast().place();
        PageBounds bounds = new PageBounds(hasNext, hasPrevious, first, end == null ? last : end);
        boolean counted = lists.size() == 1
                && lists.getFirst().filter() == null
                && slices.getFirst().failure() == null;
        List<SourceOutcome> outcomes = IntStream.range(0, lists.size())
                .mapToObj(list -> slices.get(list).outcome(lists.get(list).vendor()))
                .toList();
        return new Connection<>(
                List.copyOf(edges), bounds, counted ? slices.getFirst().total() : null, outcomes);
    }

    private String cursor(List<@Nullable ListPosition> position) {
        return scope.toCursor(position, lists.stream().map(SourceList::vendor).toList());
    }

    /** Takes the requested number of items, or fewer if the order of the next one is not known. */
    private List<Edge<T>> take(int wanted) {
        List<Edge<T>> edges = new ArrayList<>();
        for (int list = least(); list >= 0 && edges.size() < wanted; list = least()) {
            PositionedItem<T> next = head(list);
            if (next == null) {
                break;
            }
            taken[list]++;
            places.set(list, next.place());
            List<@Nullable ListPosition> position = new ArrayList<>(places);
            edges.add(new Edge<>(() -> cursor(position), next.item()));
        }
        return edges;
    }

    /** The index of the list with the next item; negative at the end of all lists. */
    private int least() {
        int least = -1;
        for (int list = 0; list < slices.size(); list++) {
            Slice<T> slice = slices.get(list);
            boolean read = head(list) == null;
            if (read && (slice.failure() == null || slice.rest() != null)) {
                places.set(list, slice.rest());
            }
            boolean over = read && !slice.more();
            if (!over && (least < 0 || order.compare(item(list), item(least)) < 0)) {
                least = list;
            }
        }
        return least;
    }

    private @Nullable PositionedItem<T> head(int list) {
        List<PositionedItem<T>> items = slices.get(list).items();
        return taken[list] < items.size() ? items.get(taken[list]) : null;
    }

    private @Nullable T item(int list) {
        PositionedItem<T> head = head(list);
        return head == null ? null : head.item();
    }
}
