package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.ListPosition.AtItem;
import io.taggateway.tagging.paging.ListPosition.BeforePage;
import io.taggateway.tagging.paging.PageScan.PositionedItem;
import io.taggateway.tagging.paging.PageScan.Scanned;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads a vendor's pages forward or backward until enough items are found. An instance is used once. */
final class ListWalk<T> {

    private final SourceList<T> list;
    private final int wanted;
    private final int maxPages;

    private final List<PositionedItem<T>> found = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<PageToken> visited = new HashSet<>();
    private final PageScan<T> scan;
    private @Nullable Integer total;
    private @Nullable Instant fetchedAt;
    private @Nullable SourceException gap;

    ListWalk(SourceList<T> list, int wanted, int maxPages) {
        this.list = list;
        this.wanted = wanted;
        this.maxPages = maxPages;
        this.scan = new PageScan<>(list, ids, visited);
    }

    /**
     * The items that a walk found.
     *
     * @param items in the order of the list
     * @param rest the position at which reading would continue; null at the end of the list
     * @param total the vendor's count of all items; null if it returned none
     * @param fetchedAt when the vendor returned the first page; null if it returned none
     * @param failure why reading ended early; null if it did not
     */
    record Slice<T>(
            List<PositionedItem<T>> items,
            @Nullable ListPosition rest,
            @Nullable Integer total,
            @Nullable Instant fetchedAt,
            @Nullable SourceException failure) {

        /** The result for a list that is not read. */
        static <T> Slice<T> unread(@Nullable ListPosition place) {
            return new Slice<>(List.of(), place, null, null, null);
        }

        /** Whether there are items that were not read. */
        boolean more() {
            return rest != null && failure == null;
        }

        /** The last items; unknown if reading failed. */
        Slice<T> last(int count) {
            int from = failure == null ? Math.max(0, items.size() - count) : items.size();
            List<PositionedItem<T>> last = items.subList(from, items.size());
            return new Slice<>(last, from == 0 ? null : items.get(from - 1).place(), total, fetchedAt, failure);
        }

        /** The items before a place. */
        Slice<T> before(ListPosition place) {
            List<PositionedItem<T>> before = items.stream()
                    .filter(placed -> placed.place().absolute() < place.absolute())
                    .toList();
            return new Slice<>(before, rest, total, fetchedAt, failure);
        }

        SourceOutcome outcome(Vendor vendor) {
            if (failure != null) {
                return new SourceOutcome(vendor, SourceStatus.FAILED, null, failure);
            }
            return fetchedAt == null ? SourceOutcome.skipped(vendor) : SourceOutcome.ok(vendor, fetchedAt);
        }
    }

    /** The items after a position. */
    Mono<Slice<T>> forward(ListPosition place) {
        ListPosition start = place instanceof AtItem at && at.next() != null
                ? new BeforePage(PageToken.after(at.next()), at.absolute() + 1)
                : place;
        return walk(start, true);
    }

    /** The items before a place. */
    Mono<Slice<T>> backward(ListPosition place) {
        return walk(place, false);
    }

    private Mono<Slice<T>> walk(ListPosition place, boolean forward) {
        visited.add(place.page());
        int missing = wanted - found.size();
        return list.reader()
                .read(place.page(), scan.limit(place, forward || place instanceof BeforePage ? missing : 0))
                .flatMap(page -> {
                    Scanned<T> scanned =
                            forward ? scan.scan(page, place, missing) : scan.scanBack(page, place, missing);
                    take(page, scanned.items(), forward);
                    ListPosition rest = scanned.rest();
                    if (forward && scan.lacks(page, place) && !(rest instanceof AtItem)) {
                        gap = SourceException.of(list.vendor(), FailureReason.INVALID_RESPONSE);
                    }
                    if (rest != null && found.size() < wanted && visited.size() < maxPages) {
                        return walk(rest, forward);
                    }
                    boolean enough = rest != null && !found.isEmpty() && found.size() == wanted;
                    return Mono.just(slice(enough ? found.getLast().place() : rest, gap));
                })
                .onErrorResume(
                        SourceException.class, failure -> Mono.just(slice(found.isEmpty() ? null : place, failure)));
    }

    private void take(SourcePage<T> page, List<PositionedItem<T>> items, boolean forward) {
        fetchedAt = fetchedAt == null ? page.fetchedAt() : fetchedAt;
        total = page.total() == null ? total : page.total();
        found.addAll(forward ? found.size() : 0, items);
        items.forEach(placed -> ids.add(placed.place().id()));
    }

    private Slice<T> slice(@Nullable ListPosition rest, @Nullable SourceException failure) {
        return new Slice<>(List.copyOf(found), rest, total, fetchedAt, failure);
    }
}
