package io.taggateway.upstream.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads a list from its first page to its last.
 *
 * @param max the number of pages after which the list counts as endless
 * @param read reads the page of a token; the token of the first page is null
 * @param next returns the token of the next page, given the pages that were read; null or empty after the last one
 */
public record PagedReader<P>(
        int max, Function<@Nullable String, Mono<P>> read, Function<List<P>, @Nullable String> next) {

    /** The reason why reading ended. */
    public enum End {
        LAST_PAGE,
        /** A token was repeated, which would have led to an endless loop. */
        REPEATED_TOKEN,
        TOO_MANY_PAGES
    }

    /** All pages of a list. */
    public record PageSequence<P>(List<P> pages, End end) {}

    public Mono<PageSequence<P>> readAll() {
        return Mono.defer(() -> readFrom(null, new ArrayList<>(), new HashSet<>()));
    }

    private Mono<PageSequence<P>> readFrom(@Nullable String token, List<P> pages, Set<String> visited) {
        return read.apply(token).flatMap(page -> {
            pages.add(page);
            String following = next.apply(pages);
            if (following == null || following.isEmpty()) {
                return Mono.just(new PageSequence<>(pages, End.LAST_PAGE));
            }
            if (!visited.add(following)) {
                return Mono.just(new PageSequence<>(pages, End.REPEATED_TOKEN));
            }
            return pages.size() >= max
                    ? Mono.just(new PageSequence<>(pages, End.TOO_MANY_PAGES))
                    : readFrom(following, pages, visited);
        });
    }
}
