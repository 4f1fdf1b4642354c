package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.paging.Slice.Placed;
import io.taggateway.tagging.source.PageToken;
import io.taggateway.tagging.source.SourcePage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads a vendor's pages against their order until enough items before a place are found; good for one walk. */
final class BackwardWalk<T> {

    private final SourceList<T> list;
    private final int wanted;
    private final int maxPages;
    private final Place before;

    private final Deque<Placed<T>> found = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<PageToken> visited = new HashSet<>();
    private PageToken page;
    private int end;
    private boolean hasPrevious;
    private @Nullable Integer total;
    private @Nullable Instant fetchedAt;

    BackwardWalk(SourceList<T> list, int wanted, int maxPages, Place before) {
        this.list = list;
        this.wanted = wanted;
        this.maxPages = maxPages;
        this.before = before;
        this.page = before.page();
        this.end = before.absolute();
    }

    Mono<Slice<T>> walk() {
        visited.add(page);
        return list.reader()
                .read(page, limit())
                .flatMap(read -> {
                    PageToken previous = take(read);
                    if (previous == null) {
                        return Mono.just(slice(null));
                    }
                    page = previous;
                    return walk();
                })
                .onErrorResume(SourceException.class, failure -> Mono.just(slice(failure)));
    }

    /** The place's own page is read as far as the place; the pages before it as far as items are missing. */
    private int limit() {
        boolean unknown = list.filter() != null || (visited.size() == 1 && page.backward());
        int missing = visited.size() == 1 ? Math.max(before.index(), 0) + 1 : wanted - found.size();
        return unknown ? list.maxPageSize() : Math.min(list.maxPageSize(), missing);
    }

    /** Takes what a page has; the page before it, or null where the walk is over. */
    private @Nullable PageToken take(SourcePage<T> read) {
        fetchedAt = fetchedAt == null ? read.fetchedAt() : fetchedAt;
        total = read.total() == null ? total : read.total();
        List<T> items = read.items();
        int lastIndex = visited.size() == 1 ? indexOfPlace(items) : items.size();
        int base = end - lastIndex;
        for (int i = lastIndex - 1; i >= 0; i--) {
            T item = items.get(i);
            String id = list.id().apply(item);
            if (!list.keeps(item) || !ids.add(id)) {
                continue;
            }
            if (found.size() == wanted) {
                hasPrevious = true;
                return null;
            }
            String next =
                    i == items.size() - 1 && read.next() != null ? read.next().value() : null;
            found.addFirst(new Placed<>(item, new Place(page, i, base + i, id, next)));
        }
        end = base;
        PageToken previous = end <= 0 || items.isEmpty() ? null : read.previous();
        hasPrevious = previous != null && !visited.contains(previous);
        return hasPrevious && found.size() < wanted && visited.size() < maxPages ? previous : null;
    }

    private int indexOfPlace(List<T> items) {
        for (int i = 0; i < items.size(); i++) {
            if (list.id().apply(items.get(i)).equals(before.id())) {
                return i;
            }
        }
        return Math.min(Math.max(before.index(), 0), items.size());
    }

    private Slice<T> slice(@Nullable SourceException failure) {
        boolean more = hasPrevious && failure == null;
        return new Slice<>(List.copyOf(found), before, more, total, fetchedAt, failure);
    }
}
