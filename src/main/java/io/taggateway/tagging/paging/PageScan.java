package io.taggateway.tagging.paging;

import io.taggateway.tagging.paging.Place.AtItem;
import io.taggateway.tagging.paging.Place.BeforePage;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds on a vendor's page what a walk looks for, and changes nothing.
 *
 * @param list whose page it is
 * @param known the ids of the items that the walk has found so far
 * @param visited the pages that the walk has read so far
 */
record PageScan<T>(SourceList<T> list, Set<String> known, Set<PageToken> visited) {

    /** The most characters of a vendor's token that a cursor has place for. */
    private static final int MAX_TOKEN = 1000;

    /**
     * What was found.
     *
     * @param items in the order of the list
     * @param rest where there may be more; null if there is nothing
     */
    record Scanned<T>(List<Placed<T>> items, @Nullable Place rest) {}

    /** An item and its position. */
    record Placed<T>(T item, AtItem place) {}

    /** How many items to ask the vendor for; with a filter the most, as the number needed is unknown; at least one. */
    int limit(Place place, int wanted) {
        boolean unknown = list.filter() != null
                || (place instanceof AtItem && place.page().backward());
        int skipped = place instanceof AtItem at ? at.index() + 1 : 0;
        return unknown ? list.maxPageSize() : Math.clamp(skipped + wanted, 1, list.maxPageSize());
    }

    /** The first items behind a place, as many as are wanted. */
    Scanned<T> scan(SourcePage<T> page, Place place, int wanted) {
        List<T> items = page.items();
        int first = place instanceof AtItem at ? behind(items, at) : 0;
        // The page may begin elsewhere than when the cursor was written, as one that ends at a token does.
        int base = place instanceof AtItem at ? at.absolute() + 1 - first : place.absolute();
        PageToken next = next(page, base, limit(place, wanted));
        List<Placed<T>> found = new ArrayList<>();
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
            found.add(new Placed<>(items.get(i), new AtItem(place.page(), i, base + i, id, behind)));
        }
        return new Scanned<>(found, next == null ? null : new BeforePage(next, base + items.size()));
    }

    /** Whether a vendor has more items than its pages link to. The last page of some vendors links to itself. */
    boolean lacks(SourcePage<T> page, Place place) {
        PageToken next = page.next();
        return !page.complete()
                || isTooLong(next)
                || (next != null && visited.contains(next) && !next.equals(place.page()));
    }

    /** The last items before a place, as many as are wanted. */
    Scanned<T> scanBack(SourcePage<T> page, Place place, int wanted) {
        List<T> items = page.items();
        int end = place.page().backward() ? items.size() : 0;
        end = place instanceof AtItem at ? before(items, at) : end;
        int base = place.absolute() - end;
        List<Placed<T>> found = new ArrayList<>();
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
            found.add(new Placed<>(items.get(i), new AtItem(place.page(), i, base + i, id, next)));
        }
        PageToken previous = page.previous();
        boolean over = base <= 0 || items.isEmpty() || visited.contains(previous);
        Place rest = over || previous == null ? null : new BeforePage(previous, base);
        return new Scanned<>(found.reversed(), rest);
    }

    /**
     * The next page as the vendor names it, unless a token seen before, or a short page and a count that agree, say
     * that the list is over. A count alone may be a lower bound, or that of the page.
     */
    private @Nullable PageToken next(SourcePage<T> page, int base, int limit) {
        int size = page.items().size();
        boolean counted = page.total() != null && base + size == page.total();
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
