package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.ListWalk.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes connections out of vendors' lists. */
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
     * Checks arguments before any request to a vendor.
     *
     * @throws BadInputException if they contradict each other, or a cursor is invalid
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
            Position.read(cursor, scope, vendors);
        }
    }

    /**
     * The page of the lists, one behind the other, that the arguments ask for. A vendor that fails costs its part only;
     * each vendor is in the connection's sources. The arguments have been checked.
     */
    public <T> Mono<Connection<T>> read(List<SourceList<T>> lists, PageArguments arguments, ListScope scope) {
        if (lists.isEmpty()) {
            return Mono.just(Connection.empty(List.of()));
        }
        if (arguments.backward()) {
            return backward(lists.getFirst(), arguments, scope)
                    .map(slice -> new PageMerge<>(lists, scope, List.of(slice), Position.beginning(1), (_, _) -> 0)
                            .backward(arguments));
        }
        Position start = start(lists, arguments, scope);
        return Mono.defer(() -> inTurn(lists, start, arguments.size()))
                .map(slices -> new PageMerge<>(lists, scope, slices, start, (_, _) -> 0).forward(arguments));
    }

    /**
     * The page of several lists, merged into one, that the arguments ask for; else like {@link #read}. Each list is in
     * that order itself; where items are equal in it, those of the first list come first.
     */
    public <T> Mono<Connection<T>> merge(
            List<SourceList<T>> lists, Comparator<T> order, PageArguments arguments, ListScope scope) {
        if (lists.size() < 2) {
            return read(lists, arguments, scope);
        }
        Position start = start(lists, arguments, scope);
        return Flux.range(0, lists.size())
                .flatMapSequential(i -> forward(lists.get(i), start.places().get(i), arguments.size()), lists.size())
                .collectList()
                .map(slices ->
                        new PageMerge<>(lists, scope, slices, start, Comparator.nullsFirst(order)).forward(arguments));
    }

    /** Reads one list after the other until enough is found. */
    private <T> Mono<List<Slice<T>>> inTurn(List<SourceList<T>> lists, Position start, int wanted) {
        List<Slice<T>> slices = new ArrayList<>();
        return Flux.range(0, lists.size())
                .concatMap(i -> {
                    Place place = start.places().get(i);
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

    private <T> Mono<Slice<T>> forward(SourceList<T> list, @Nullable Place place, int wanted) {
        return place == null ? Mono.just(Slice.unread(null)) : new ListWalk<>(list, wanted, maxPages).forward(place);
    }

    private <T> Mono<Slice<T>> backward(SourceList<T> list, PageArguments arguments, ListScope scope) {
        String before = arguments.before();
        int size = arguments.size();
        Place place = before == null
                ? null
                : Position.read(before, scope, List.of(list.vendor())).places().getFirst();
        if (place == null) {
            return tail(list, size);
        }
        return new ListWalk<>(list, size, maxPages).backward(place).flatMap(slice -> {
            int found = slice.items().size();
            boolean cutShort = slice.failure() == null && slice.rest() == null && found < place.absolute();
            return cutShort && found < size ? upTo(list, size, place) : Mono.just(slice);
        });
    }

    /** The end of a list, which vendors return only after all of the list is read. */
    private <T> Mono<Slice<T>> tail(SourceList<T> list, int wanted) {
        int most = maxPages * list.maxPageSize();
        return forward(list, Place.BEGINNING, most).map(slice -> {
            if (slice.more()) {
                throw new BadInputException("The list is too long to be read from its end;"
                        + " read it forward with `first`, or give `before`.");
            }
            return slice.last(wanted);
        });
    }

    /** The items before a place, for a vendor that does not say how to read back from it. */
    private <T> Mono<Slice<T>> upTo(SourceList<T> list, int wanted, Place place) {
        return forward(list, Place.BEGINNING, place.absolute()).map(slice -> {
            Place rest = slice.rest();
            if (slice.failure() == null && rest != null && rest.absolute() < place.absolute()) {
                throw new BadInputException("The place is too far from the beginning of the list to be read back from;"
                        + " read forward with `first`.");
            }
            return slice.before(place).last(wanted);
        });
    }

    private static <T> Position start(List<SourceList<T>> lists, PageArguments arguments, ListScope scope) {
        String after = arguments.after();
        return after == null
                ? Position.beginning(lists.size())
                : Position.read(
                        after, scope, lists.stream().map(SourceList::vendor).toList());
    }
}
