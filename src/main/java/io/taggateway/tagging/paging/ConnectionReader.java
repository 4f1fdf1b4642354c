package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Slice.Placed;
import io.taggateway.tagging.source.SourceOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes connections out of vendors' lists, one vendor's list behind the other's. */
public final class ConnectionReader {

    private final int maxPages;

    /**
     * A reader.
     *
     * @param maxPages how many pages of a vendor one connection may need
     */
    public ConnectionReader(int maxPages) {
        this.maxPages = maxPages;
    }

    /**
     * Checks arguments before anything is asked of a vendor.
     *
     * @throws BadInputException if they do not go together, or a cursor is no good
     */
    public void check(List<Vendor> vendors, PageArguments arguments, ListScope scope) {
        boolean backward = arguments.backward();
        if (!backward && arguments.before() != null) {
            throw new BadInputException("`before` goes with `last`; to read forward give `first` and `after`.");
        }
        if (backward && arguments.after() != null) {
            throw new BadInputException("`after` goes with `first`; to read backward give `last` and `before`.");
        }
        if (backward && vendors.size() > 1) {
            throw new BadInputException("A list of several vendors can only be read forward, with `first`.");
        }
        String cursor = backward ? arguments.before() : arguments.after();
        if (cursor != null) {
            Place.read(cursor, scope.in(vendors.get(startOf(vendors, cursor, scope))));
        }
    }

    /**
     * The page of the lists that the arguments ask for. A vendor that fails costs its part only, and is told of in the
     * connection's sources. The arguments have been checked.
     */
    public <T> Mono<Connection<T>> read(List<SourceList<T>> lists, PageArguments arguments, ListScope scope) {
        if (lists.isEmpty()) {
            return Mono.just(Connection.empty(List.of()));
        }
        return arguments.backward() ? backward(lists, arguments, scope) : forward(lists, arguments, scope);
    }

    private <T> Mono<Connection<T>> forward(List<SourceList<T>> lists, PageArguments arguments, ListScope scope) {
        String after = arguments.after();
        int start = after == null ? 0 : startOf(vendors(lists), after, scope);
        Place place = after == null
                ? null
                : Place.read(after, scope.in(lists.get(start).vendor()));
        return chain(lists.subList(start, lists.size()), arguments.size(), place)
                .map(slices -> connection(lists.subList(start, lists.size()), slices, scope, lists.size() == 1));
    }

    /** Walks one list after the other until enough is found. */
    private <T> Mono<List<Slice<T>>> chain(List<SourceList<T>> lists, int wanted, @Nullable Place after) {
        return new ForwardWalk<>(lists.getFirst(), wanted, maxPages, after)
                .walk()
                .flatMap(slice -> {
                    int missing = wanted - slice.items().size();
                    boolean over = slice.end() == null || slice.failure() != null;
                    if (missing == 0 || !over || lists.size() == 1) {
                        return Mono.just(List.of(slice));
                    }
                    return chain(lists.subList(1, lists.size()), missing, null).map(rest -> {
                        List<Slice<T>> slices = new ArrayList<>(List.of(slice));
                        slices.addAll(rest);
                        return slices;
                    });
                });
    }

    private <T> Mono<Connection<T>> backward(List<SourceList<T>> lists, PageArguments arguments, ListScope scope) {
        SourceList<T> list = lists.getFirst();
        String before = arguments.before();
        if (before == null) {
            return tail(list, arguments.size()).map(slice -> connection(lists, List.of(slice), scope, true));
        }
        Place place = Place.read(before, scope.in(list.vendor()));
        return new BackwardWalk<>(list, arguments.size(), maxPages, place)
                .walk()
                .flatMap(slice -> slice.items().size() < arguments.size() && slice.cutShort()
                        ? upTo(list, arguments.size(), place)
                        : Mono.just(slice))
                .map(slice -> connection(lists, List.of(slice), scope, true));
    }

    /** The end of a list, which vendors let nobody reach but by reading all of it. */
    private <T> Mono<Slice<T>> tail(SourceList<T> list, int wanted) {
        int most = maxPages * list.maxPageSize();
        return new ForwardWalk<>(list, most, maxPages, null).walk().map(slice -> {
            if (slice.end() != null && slice.failure() == null) {
                throw new BadInputException("The list is too long to be read from its end;"
                        + " read it forward with `first`, or give `before`.");
            }
            return last(slice, wanted, null);
        });
    }

    /** The items before a place, for a vendor that does not say how to read back from it. */
    private <T> Mono<Slice<T>> upTo(SourceList<T> list, int wanted, Place place) {
        return new ForwardWalk<>(list, place.absolute(), maxPages, null).walk().map(slice -> {
            if (slice.items().size() < place.absolute() && slice.end() != null && slice.failure() == null) {
                throw new BadInputException("The place is too far from the beginning of the list to be read back from;"
                        + " read forward with `first`.");
            }
            return last(slice, wanted, place);
        });
    }

    /** The last items of a walk; of one that failed nobody knows which they are. */
    private static <T> Slice<T> last(Slice<T> slice, int wanted, @Nullable Place end) {
        int from = slice.failure() == null
                ? Math.max(0, slice.items().size() - wanted)
                : slice.items().size();
        List<Placed<T>> items = slice.items().subList(from, slice.items().size());
        boolean more = from > 0 && slice.failure() == null;
        return new Slice<>(items, end, more, slice.total(), slice.fetchedAt(), slice.failure());
    }

    private static <T> List<Vendor> vendors(List<SourceList<T>> lists) {
        return lists.stream().map(SourceList::vendor).toList();
    }

    private static int startOf(List<Vendor> vendors, String cursor, ListScope scope) {
        for (int i = 0; i < vendors.size(); i++) {
            if (scope.in(vendors.get(i)).owns(cursor)) {
                return i;
            }
        }
        throw Cursor.malformed(cursor);
    }

    private static <T> Connection<T> connection(
            List<SourceList<T>> lists, List<Slice<T>> slices, ListScope scope, boolean counted) {
        List<Edge<T>> edges = new ArrayList<>();
        List<SourceOutcome> outcomes = new ArrayList<>();
        String end = null;
        for (int i = 0; i < slices.size(); i++) {
            Slice<T> slice = slices.get(i);
            ListScope owner = scope.in(lists.get(i).vendor());
            slice.items()
                    .forEach(placed -> edges.add(new Edge<>(() -> placed.place().toCursor(owner), placed.item())));
            outcomes.add(outcome(lists.get(i), slice));
            end = slice.end() == null ? end : slice.end().toCursor(owner);
        }
        Slice<T> first = slices.getFirst();
        boolean more = slices.getLast().end() != null || slices.size() < lists.size();
        PageBounds bounds = new PageBounds(
                more,
                first.hasPrevious(),
                edges.isEmpty() ? null : edges.getFirst().cursor(),
                more && end != null
                        ? end
                        : edges.isEmpty() ? null : edges.getLast().cursor());
        boolean whole = counted && lists.getFirst().filter() == null;
        return new Connection<>(List.copyOf(edges), bounds, whole ? first.total() : null, outcomes);
    }

    private static <T> SourceOutcome outcome(SourceList<T> list, Slice<T> slice) {
        if (slice.failure() != null) {
            return SourceOutcome.failed(slice.failure());
        }
        return slice.fetchedAt() == null
                ? SourceOutcome.skipped(list.vendor())
                : SourceOutcome.ok(list.vendor(), slice.fetchedAt());
    }
}
