package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.ListWalk.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Creates connections from vendors' lists. */
public final class ConnectionReader {

    private final int maxPages;

    /**
     * Creates a reader.
     *
     * @param maxPages the maximum number of vendor pages for one connection
     */
    public ConnectionReader(int maxPages) {
        this.maxPages = maxPages;
    }

    /**
     * Checks arguments before any request to a vendor.
     *
     * @throws BadInputException if they contradict each other, or a cursor is invalid
     */
    public void check(List<Vendor> vendors, PageArguments arguments, ListScope scope) {
        boolean backward = arguments.backward();
        if (!backward && arguments.before() != null) {
            throw new BadInputException("`before` requires `last`; to read forward, give `first` and `after`.");
        }
        if (backward && arguments.after() != null) {
            throw new BadInputException("`after` requires `first`; to read backward, give `last` and `before`.");
        }
        if (backward && vendors.size() > 1) {
            throw new BadInputException("A list of several vendors can only be read forward, with `first`.");
        }
        String cursor = backward ? arguments.before() : arguments.after();
        if (cursor != null) {
            scope.places(cursor, vendors);
        }
    }

    /**
     * The requested page of the concatenated lists. If a vendor fails, only its items are missing. The sources of the
     * connection contain each vendor. The arguments must have been checked.
     */
    public <T> Mono<Connection<T>> read(List<SourceList<T>> lists, PageArguments arguments, ListScope scope) {
        if (lists.isEmpty()) {
            return Mono.just(Connection.empty(List.of()));
        }
        if (arguments.backward()) {
            return backward(lists.getFirst(), arguments, scope)
                    .map(slice -> new PageMerge<>(lists, scope, List.of(slice), beginning(1), (_, _) -> 0)
                            .backward(arguments));
        }
        List<@Nullable ListPosition> start = start(lists, arguments, scope);
        return Mono.defer(() -> concatenated(lists, start, arguments.size()))
                .map(slices -> new PageMerge<>(lists, scope, slices, start, (_, _) -> 0).forward(arguments));
    }

    /**
     * The requested page of several lists that are merged by an order; otherwise like {@link #read}. Each list must
     * have this order. Of equal items, those of the first list come first.
     */
    public <T> Mono<Connection<T>> merge(
            List<SourceList<T>> lists, Comparator<T> order, PageArguments arguments, ListScope scope) {
        if (lists.size() < 2) {
            return read(lists, arguments, scope);
        }
        List<@Nullable ListPosition> start = start(lists, arguments, scope);
        return Flux.range(0, lists.size())
                .flatMapSequential(i -> forward(lists.get(i), start.get(i), arguments.size()), lists.size())
                .collectList()
                .map(slices ->
                        new PageMerge<>(lists, scope, slices, start, Comparator.nullsFirst(order)).forward(arguments));
    }

    /** Reads one list after another until enough items are found. */
    private <T> Mono<List<Slice<T>>> concatenated(
            List<SourceList<T>> lists, List<@Nullable ListPosition> start, int wanted) {
        List<Slice<T>> slices = new ArrayList<>();
        return Flux.range(0, lists.size())
                .concatMap(i -> {
                    ListPosition place = start.get(i);
                    int missing = wanted
                            - slices.stream()
                                    .mapToInt(slice -> slice.items().size())
                                    .sum();
                    return (missing == 0 && i > 0) || slices.stream().anyMatch(Slice::more)
                            ? Mono.just(Slice.<T>unread(place))
                            : forward(lists.get(i), place, missing);
                })
                .doOnNext(slices::add)
                .then(Mono.just(slices));
    }

    private <T> Mono<Slice<T>> forward(SourceList<T> list, @Nullable ListPosition place, int wanted) {
        return place == null ? Mono.just(Slice.unread(null)) : new ListWalk<>(list, wanted, maxPages).forward(place);
    }

    private <T> Mono<Slice<T>> backward(SourceList<T> list, PageArguments arguments, ListScope scope) {
        String before = arguments.before();
        int size = arguments.size();
        ListPosition place = before == null
                ? null
                : scope.places(before, List.of(list.vendor())).getFirst();
        if (place == null) {
            return tail(list, size);
        }
        return new ListWalk<>(list, size, maxPages).backward(place).flatMap(slice -> {
            int found = slice.items().size();
            boolean cutShort = slice.failure() == null && slice.rest() == null && found < place.absolute();
            return cutShort && found < size ? upTo(list, size, place) : Mono.just(slice);
        });
    }

    /** The last items of a list. The whole list is read, as vendors cannot return its end directly. */
    private <T> Mono<Slice<T>> tail(SourceList<T> list, int wanted) {
        int most = maxPages * list.maxPageSize();
        return forward(list, ListPosition.BEGINNING, most).map(slice -> {
            if (slice.more()) {
                throw new BadInputException("The list is too long to be read from its end;"
                        + " read it forward with `first`, or give `before`.");
            }
            return slice.last(wanted);
        });
    }

    /** The items before a position, for a vendor that cannot be read backward. */
    private <T> Mono<Slice<T>> upTo(SourceList<T> list, int wanted, ListPosition place) {
        return forward(list, ListPosition.BEGINNING, place.absolute()).map(slice -> {
            ListPosition rest = slice.rest();
            if (slice.failure() == null && rest != null && rest.absolute() < place.absolute()) {
                throw new BadInputException(
                        "The cursor is too far from the beginning of the list to read backward from it;"
                                + " read forward with `first`.");
            }
            return slice.before(place).last(wanted);
        });
    }

    private static <T> List<@Nullable ListPosition> start(
            List<SourceList<T>> lists, PageArguments arguments, ListScope scope) {
        String after = arguments.after();
        return after == null
                ? beginning(lists.size())
                : scope.places(after, lists.stream().map(SourceList::vendor).toList());
    }

    /** Before the first item of every list. */
    private static List<@Nullable ListPosition> beginning(int lists) {
        return Collections.nCopies(lists, ListPosition.BEGINNING);
    }
}
