package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.paging.Slice.Placed;
import io.taggateway.tagging.source.PageToken;
import io.taggateway.tagging.source.SourcePage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads a vendor's pages one after the other until enough items are found; good for one walk. */
final class ForwardWalk<T> {

    private final SourceList<T> list;
    private final int wanted;
    private final int maxPages;
    private final @Nullable Place after;

    private final List<Placed<T>> found = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<PageToken> visited = new HashSet<>();
    private PageToken page;
    private int base;
    private @Nullable Place skip;
    private @Nullable Place end;
    private @Nullable Integer total;
    private @Nullable Instant fetchedAt;

    ForwardWalk(SourceList<T> list, int wanted, int maxPages, @Nullable Place after) {
        this.list = list;
        this.wanted = wanted;
        this.maxPages = maxPages;
        this.after = after;
        if (after == null) {
            this.page = PageToken.FIRST;
        } else if (after.next() != null) {
            this.page = PageToken.after(after.next());
            this.base = after.absolute() + 1;
        } else {
            this.page = after.page();
            this.base = after.absolute() - after.index();
            this.skip = after.index() < 0 ? null : after;
        }
    }

    Mono<Slice<T>> walk() {
        visited.add(page);
        int limit = limit();
        return list.reader()
                .read(page, limit)
                .flatMap(read -> {
                    PageToken next = take(read, limit);
                    if (next == null) {
                        return Mono.just(slice(null));
                    }
                    page = next;
                    return walk();
                })
                .onErrorResume(SourceException.class, failure -> {
                    end = found.isEmpty() ? null : Place.startOf(page, base);
                    return Mono.just(slice(failure));
                });
    }

    /** As many as are missing, and those that are skipped; with a filter nobody knows how many, so the most. */
    private int limit() {
        int skipped = skip == null ? 0 : skip.index() + 1;
        boolean unknown = list.filter() != null || page.backward();
        return unknown ? list.maxPageSize() : Math.min(list.maxPageSize(), skipped + wanted - found.size());
    }

    /** Takes what a page has; the page to read next, or null where the walk is over. */
    private @Nullable PageToken take(SourcePage<T> read, int limit) {
        fetchedAt = fetchedAt == null ? read.fetchedAt() : fetchedAt;
        total = read.total() == null ? total : read.total();
        List<T> items = read.items();
        int first = firstIndex(items);
        // The page may begin elsewhere than when the cursor was written, as one that ends at a token does.
        base = skip == null ? base : skip.absolute() + 1 - first;
        PageToken next = next(read, limit);
        for (int i = first; i < items.size(); i++) {
            T item = items.get(i);
            String id = list.id().apply(item);
            if (!list.keeps(item) || !ids.add(id)) {
                continue;
            }
            if (found.size() == wanted) {
                end = found.getLast().place();
                return null;
            }
            String behind = next != null && i == items.size() - 1 ? next.value() : null;
            found.add(new Placed<>(item, new Place(page, i, base + i, id, behind)));
        }
        base += items.size();
        skip = null;
        if (next != null && (found.size() == wanted || visited.size() >= maxPages)) {
            end = found.size() == wanted ? found.getLast().place() : Place.startOf(next, base);
            return null;
        }
        return next;
    }

    /**
     * The next page as the vendor names it, unless a token seen before, or a short page and a count that agree, say
     * that the list is over. A count alone may be a lower bound, or that of the page.
     */
    private @Nullable PageToken next(SourcePage<T> read, int limit) {
        PageToken next = read.next();
        if (next == null || visited.contains(next)) {
            return null;
        }
        int size = read.items().size();
        boolean counted = read.total() != null && base + size == read.total();
        return counted && size < limit ? null : next;
    }

    private int firstIndex(List<T> items) {
        Place place = skip;
        if (place == null) {
            return 0;
        }
        for (int i = 0; i < items.size(); i++) {
            if (list.id().apply(items.get(i)).equals(place.id())) {
                return i + 1;
            }
        }
        return Math.min(place.index() + 1, items.size());
    }

    private Slice<T> slice(@Nullable SourceException failure) {
        return new Slice<>(List.copyOf(found), end, after != null, total, fetchedAt, failure);
    }
}
