package io.taggateway.tagging.paging;

import io.taggateway.tagging.source.SourceOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, as Relay defines it, with the outcome of each vendor that it needed.
 *
 * @param totalCount the number of items on all pages; null if a vendor does not return it, or failed
 * @param sources in the order of the vendors
 */
public record Connection<T>(
        List<Edge<T>> edges, PageBounds pageInfo, @Nullable Integer totalCount, List<SourceOutcome> sources) {

    /**
     * An item of a page with its cursor.
     *
     * @param place writes the cursor, only if it is requested
     */
    public record Edge<T>(Supplier<String> place, T node) {

        /** The opaque cursor. */
        public String cursor() {
            return place.get();
        }
    }

    /**
     * Relay's {@code PageInfo}: whether there are pages before and after a page.
     *
     * @param start writes the cursor of the first item, only if it is requested; null if there is none
     * @param end writes the cursor after which the next page begins; null if there is none
     */
    public record PageBounds(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable Supplier<String> start,
            @Nullable Supplier<String> end) {

        public @Nullable String startCursor() {
            return start == null ? null : start.get();
        }

        public @Nullable String endCursor() {
            return end == null ? null : end.get();
        }
    }

    /** A page of a list that is known to be empty. */
    public static <T> Connection<T> empty(List<SourceOutcome> sources) {
        return new Connection<>(List.of(), new PageBounds(false, false, null, null), 0, sources);
    }

    /** This page with the outcomes of more vendors. */
    public Connection<T> withSources(List<SourceOutcome> more) {
        List<SourceOutcome> all = Stream.concat(sources.stream(), more.stream())
                .sorted(Comparator.comparing(SourceOutcome::vendor))
                .toList();
        return new Connection<>(edges, pageInfo, totalCount, all);
    }

    /** This page with its items replaced. */
    public <R> Connection<R> map(Function<T, R> mapper) {
        return new Connection<>(
                edges.stream()
                        .map(edge -> new Edge<>(edge.place(), mapper.apply(edge.node())))
                        .toList(),
                pageInfo,
                totalCount,
                sources);
    }

    /** The items without their cursors. */
    public List<T> nodes() {
        return edges.stream().map(Edge::node).toList();
    }
}
