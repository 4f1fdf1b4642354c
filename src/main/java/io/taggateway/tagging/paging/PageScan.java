package io.taggateway.tagging.paging;

import io.taggateway.tagging.paging.ListPosition.AtItem;
import io.taggateway.tagging.paging.ListPosition.BeforePage;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the items of a walk on a vendor's page.
 *
 * @param list whose page it is
 * @param known the ids of the items that the walk has found so far
 * @param visited the pages that the walk has read so far
 */
record PageScan<T>(SourceList<T> list, Set<String> known, Set<PageToken> visited) {

    /** The maximum length of a vendor's token in a cursor. */
    private static final int MAX_TOKEN = 1000;

    /** The smallest number of items to which vendors are expected to limit a page, whatever number is requested. */
    private static final int SMALLEST_PAGE = 10;

    /**
     * The items of a page.
     *
     * @param items in the order of the list
     * @param rest the position at which reading continues; null at the end of the list
     */
    record Scanned<T>(
            List<PositionedItem<T>> items, @Nullable ListPosition rest) {}

    /** An item and its position. */
    record PositionedItem<T>(T item, AtItem place) {}

    /**
     * The number of items to request from the vendor: at least one, and the maximum if there is a filter, as the number
     * needed is unknown.
     */
    int limit(ListPosition place, int wanted) {
        boolean unknown = list.filter() != null
                || (place instanceof AtItem && place.page().backward());
        int skipped = place instanceof AtItem at ? at.index() + 1 : 0;
        return unknown ? list.maxPageSize() : Math.clamp(skipped + wanted, 1, list.maxPageSize());
    }

    /** The first items after a position, up to the requested number. */
    Scanned<T> scan(SourcePage<T> page, ListPosition place, int wanted) {
        List<T> items = page.items();
        int first = place instanceof AtItem at ? behind(items, at) : 0;
        // The page may begin at another item than when the cursor was written, for example if it ends at a token
        int base = place instanceof AtItem at ? at.absolute() + 1 - first : place.absolute();
        PageToken next = next(page, base, limit(place, wanted));
        List<PositionedItem<T>> found = new ArrayList<>();
        Set<String> here = new HashSet<>();
        for (int i = first; i < items.size(); i++) {
            String id = list.id().apply(items.get(i));
            if (!list.keeps(items.get(i)) || known.contains(id) || !here.add(id)) {
                continue;
            }
            if (found.size() == wanted) {
                return new Scanned<>(
                        found, wanted == 0 ? place : found.getLast().place());
            }
            String behind = next != null && i == items.size() - 1 ? next.value() : null;
            found.add(new PositionedItem<>(items.get(i), new AtItem(place.page(), i, base + i, id, behind)));
        }
        return new Scanned<>(found, next == null ? null : new BeforePage(next, base + items.size()));
    }

    /** Whether there are more items, but no link to the next page. Some vendors' last page links to itself. */
    boolean lacks(SourcePage<T> page, ListPosition place) {
        PageToken next = page.next();
        return !page.complete()
                || isTooLong(next)
                || (next != null && visited.contains(next) && !next.equals(place.page()));
    }

    /** The last items before a position, up to the requested number. */
    Scanned<T> scanBack(SourcePage<T> page, ListPosition place, int wanted) {
        List<T> items = page.items();
        int end = place.page().backward() ? items.size() : 0;
        end = place instanceof AtItem at ? before(items, at) : end;
        int base = place.absolute() - end;
        List<PositionedItem<T>> found = new ArrayList<>();
        Set<String> here = new HashSet<>();
        for (int i = end - 1; i >= 0; i--) {
            String id = list.id().apply(items.get(i));
            if (!list.keeps(items.get(i)) || known.contains(id) || !here.add(id)) {
                continue;
            }
            if (found.size() == wanted) {
                return new Scanned<>(
                        found.reversed(), wanted == 0 ? place : found.getLast().place());
            }
            String next =
                    i == items.size() - 1 && page.next() != null ? page.next().value() : null;
            found.add(new PositionedItem<>(items.get(i), new AtItem(place.page(), i, base + i, id, next)));
        }
        PageToken previous = page.previous();
        boolean over = base <= 0 || items.isEmpty() || visited.contains(previous);
        ListPosition rest = over || previous == null ? null : new BeforePage(previous, base);
        return new Scanned<>(found.reversed(), rest);
    }

    /**
     * The next page according to the vendor. Null if its token was visited before, or if a short page and a matching
     * count show the end of the list. The count alone is not sufficient, as it may be a lower bound or that of the
     * page, and neither is a page that has the size of those before it, as the vendor may limit all pages to this size.
     */
    private @Nullable PageToken next(SourcePage<T> page, int base, int limit) {
        int size = page.items().size();
        boolean limited = size > 0 && base % size == 0 && (base > 0 || size >= SMALLEST_PAGE);
        boolean counted = page.total() != null && base + size == page.total() && !limited;
        boolean over = page.next() == null
                || isTooLong(page.next())
                || visited.contains(page.next())
                || (counted && size < limit);
        return over ? null : page.next();
    }

    private static boolean isTooLong(@Nullable PageToken token) {
        return token != null && token.value() != null && token.value().length() > MAX_TOKEN;
    }

    private int behind(List<T> items, AtItem place) {
        int index = indexOf(items, place);
        return index < 0 ? Math.min(place.index() + 1, items.size()) : index + 1;
    }

    private int before(List<T> items, AtItem place) {
        int index = indexOf(items, place);
        return index < 0 ? Math.min(place.index(), items.size()) : index;
    }

    private int indexOf(List<T> items, AtItem place) {
        return items.stream().map(list.id()).toList().indexOf(place.id());
    }
}
