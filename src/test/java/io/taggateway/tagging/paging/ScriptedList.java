package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.SourceList.PageReader;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A vendor's list of numbers whose pages have the quirks that a test gives them; a token is the number next to it. */
final class ScriptedList implements PageReader<Integer> {

    static final int MAX_PAGE = 10;

    final List<Integer> items = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    private final Vendor vendor;
    private final Set<PageQuirk> quirks;
    private @Nullable FailureReason failure;
    private int failsAfter;

    ScriptedList(Vendor vendor, int size, PageQuirk... quirks) {
        this.vendor = vendor;
        this.quirks = Set.of(quirks);
        IntStream.range(0, size).forEach(items::add);
    }

    /** A list of distinct numbers in ascending order. */
    static ScriptedList sorted(Vendor vendor, List<Integer> numbers, PageQuirk... quirks) {
        ScriptedList list = new ScriptedList(vendor, 0, quirks);
        list.items.addAll(new TreeSet<>(numbers));
        return list;
    }

    /** The ways in which a vendor's pages may differ from the request. */
    enum PageQuirk {
        /** At least five items, whatever the requested number. */
        LEAST_FIVE,
        /** At most three items. */
        MOST_THREE,
        /** Four items, whatever the requested number. */
        ALWAYS_FOUR,
        /** The last page has a token. */
        TOKEN_AT_THE_END,
        /** The last page has the token of its own request. */
        TOKEN_REPEATED,
        /** Every other page has no items. */
        EMPTY_PAGES,
        /** Every page begins with the last item of the previous one. */
        DOUBLES,
        /** The right count. */
        COUNTED,
        /** The count of the page instead of the list. */
        PAGE_COUNTED,
        /** A count that is too low. */
        COUNTED_LOW,
        /** A count that is too high. */
        COUNTED_HIGH
    }

    ScriptedList failingAfter(int pages, FailureReason reason) {
        failsAfter = requests.size() + pages;
        failure = reason;
        return this;
    }

    void removeFaults() {
        failure = null;
    }

    SourceList<Integer> list() {
        return list(null);
    }

    SourceList<Integer> list(@Nullable Predicate<Integer> filter) {
        return new SourceList<>(vendor, this, MAX_PAGE, String::valueOf, filter);
    }

    @Override
    public Mono<SourcePage<Integer>> read(PageToken page, int limit) {
        return Mono.defer(() -> {
            requests.add((page.backward() ? "<" : "") + page.value() + "/" + limit);
            FailureReason reason = failure;
            return reason != null && requests.size() > failsAfter
                    ? Mono.error(SourceException.of(vendor, reason))
                    : Mono.just(page(page, size(limit)));
        });
    }

    private int size(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit " + limit);
        }
        int size = quirks.contains(PageQuirk.LEAST_FIVE) ? Math.max(5, limit) : limit;
        size = quirks.contains(PageQuirk.MOST_THREE) ? Math.min(3, size) : size;
        return quirks.contains(PageQuirk.ALWAYS_FOUR) ? 4 : size;
    }

    private SourcePage<Integer> page(PageToken page, int size) {
        String token = page.value();
        boolean gap = quirks.contains(PageQuirk.EMPTY_PAGES) && token != null && !token.endsWith("!");
        if (gap && !page.backward()) {
            return new SourcePage<>(List.of(), PageToken.after(token + "!"), null, count(0), SampleFactory.NOON);
        }
        int place = token == null ? -1 : items.indexOf(Integer.valueOf(token.replace("!", "")));
        int from = page.backward() ? Math.max(0, place - size) : place + 1;
        int to = page.backward() ? place : Math.min(items.size(), from + size);
        List<Integer> found = new ArrayList<>(items.subList(from, to));
        if (quirks.contains(PageQuirk.DOUBLES) && from > 0) {
            found.addFirst(items.get(from - 1));
        }
        PageToken previous =
                from > 0 && to > from ? PageToken.before(items.get(from).toString()) : null;
        return new SourcePage<>(found, next(page, to, found), previous, count(found.size()), SampleFactory.NOON);
    }

    private @Nullable PageToken next(PageToken page, int to, List<Integer> found) {
        if (to < items.size() || (quirks.contains(PageQuirk.TOKEN_AT_THE_END) && !found.isEmpty())) {
            return PageToken.after(found.getLast().toString());
        }
        return quirks.contains(PageQuirk.TOKEN_REPEATED) && page.value() != null ? page : null;
    }

    private @Nullable Integer count(int size) {
        if (quirks.contains(PageQuirk.COUNTED)) {
            return items.size();
        }
        if (quirks.contains(PageQuirk.PAGE_COUNTED)) {
            return size;
        }
        if (quirks.contains(PageQuirk.COUNTED_LOW)) {
            return items.size() / 2;
        }
        return quirks.contains(PageQuirk.COUNTED_HIGH) ? (Integer) (items.size() + 7) : null;
    }
}
