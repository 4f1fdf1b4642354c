package io.taggateway.tagging.source;

import io.taggateway.tagging.source.SourcePage.PageToken;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a list in memory; a token is the id of the item next to which a page lies.
 *
 * @param bothWays whether pages lead back too, and the list is counted
 */
record InMemoryPagination<T>(Function<T, String> id, boolean bothWays) {

    SourcePage<T> page(List<T> all, PageToken page, int limit, Instant now) {
        int from = 0;
        int to = Math.min(all.size(), limit);
        if (page.backward()) {
            to = indexOf(all, page.value());
            from = Math.max(0, to - limit);
        } else if (page.value() != null) {
            from = Math.min(all.size(), indexOf(all, page.value()) + 1);
            to = Math.min(all.size(), from + limit);
        }
        List<T> items = all.subList(from, to);
        PageToken next = to < all.size() && to > from ? PageToken.after(id.apply(items.getLast())) : null;
        PageToken previous = bothWays && from > 0 && to > from ? PageToken.before(id.apply(items.getFirst())) : null;
        return new SourcePage<>(List.copyOf(items), next, previous, bothWays ? (Integer) all.size() : null, now);
    }

    private int indexOf(List<T> all, @Nullable String token) {
        int index = 0;
        while (index < all.size() && !id.apply(all.get(index)).equals(token)) {
            index++;
        }
        return index;
    }
}
