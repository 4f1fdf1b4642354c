package io.taggateway.tagging.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.ScriptedList.PageQuirk;
import io.taggateway.tagging.source.SourceAssertions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Properties of paging: whatever the vendor's pages, callers get each item once, in order, in pages of the requested
 * size.
 */
@SlowTest
class ConnectionPropertyTests {

    private static final CursorCodec CURSORS = new CursorCodec("key".getBytes(StandardCharsets.UTF_8));

    private static final ListScope SCOPE = ListScope.of(CURSORS, "numbers", "");
    private static final ConnectionReader READER = new ConnectionReader(40);

    @Property(seed = "1", tries = 3000)
    void pagesOfAnySizesHaveExactlyTheListInOrder(
            @ForAll @IntRange(max = 45) int size,
            @ForAll("quirks") Set<PageQuirk> quirks,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 13) Integer> firsts,
            @ForAll boolean fromEdges) {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, size, quirks.toArray(PageQuirk[]::new));
        assertThat(readForward(List.of(scripted.list()), firsts, fromEdges)).isEqualTo(scripted.items);
    }

    @Property(seed = "2", tries = 1500)
    void filteredPagesHaveExactlyTheMatchesInOrder(
            @ForAll @IntRange(max = 45) int size,
            @ForAll("quirks") Set<PageQuirk> quirks,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 13) Integer> firsts,
            @ForAll @IntRange(min = 1, max = 20) int divisor,
            @ForAll boolean fromEdges) {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, size, quirks.toArray(PageQuirk[]::new));
        Predicate<Integer> filter = number -> number % divisor == 0;
        assertThat(readForward(List.of(scripted.list(filter)), firsts, fromEdges))
                .isEqualTo(scripted.items.stream().filter(filter).toList());
    }

    @Property(seed = "3", tries = 1500)
    void listsOfVendorsAreConcatenated(
            @ForAll @IntRange(max = 25) int one,
            @ForAll @IntRange(max = 25) int other,
            @ForAll("quirks") Set<PageQuirk> quirks,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 13) Integer> firsts,
            @ForAll boolean fromEdges) {
        ScriptedList first = new ScriptedList(Vendor.SIPSIM, one, quirks.toArray(PageQuirk[]::new));
        ScriptedList second = new ScriptedList(Vendor.SWIPEONE, other);
        List<Integer> expected = new ArrayList<>(first.items);
        expected.addAll(second.items);
        assertThat(readForward(List.of(first.list(), second.list()), firsts, fromEdges))
                .isEqualTo(expected);
    }

    @Property(seed = "6", tries = 1500)
    void mergedListsAreOneListInOrder(
            @ForAll @Size(max = 25) List<@IntRange(max = 30) Integer> one,
            @ForAll @Size(max = 25) List<@IntRange(max = 30) Integer> other,
            @ForAll("quirks") Set<PageQuirk> quirks,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 13) Integer> firsts,
            @ForAll boolean fromEdges) {
        ScriptedList first = ScriptedList.sorted(Vendor.SIPSIM, one, quirks.toArray(PageQuirk[]::new));
        ScriptedList second = ScriptedList.sorted(Vendor.SWIPEONE, other);
        List<SourceList<Integer>> lists = List.of(first.list(), second.list(number -> number % 3 != 0));
        List<Integer> expected = new ArrayList<>(first.items);
        expected.addAll(second.items.stream().filter(number -> number % 3 != 0).toList());
        expected.sort(Comparator.naturalOrder());
        List<Integer> found = readForward(
                arguments -> {
                    READER.check(List.of(Vendor.SIPSIM, Vendor.SWIPEONE), arguments, SCOPE);
                    return SourceAssertions.require(READER.merge(lists, Comparator.naturalOrder(), arguments, SCOPE));
                },
                firsts,
                fromEdges);
        assertThat(found).isEqualTo(expected);
    }

    @Property(seed = "4", tries = 2000)
    void pagesInBothDirectionsHaveTheItemsOfTheList(
            @ForAll @IntRange(min = 1, max = 45) int size,
            @ForAll("quirksBothWays") Set<PageQuirk> quirks,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = -13, max = 13) Integer> steps) {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, size, quirks.toArray(PageQuirk[]::new));
        Connection<Integer> page = read(List.of(scripted.list()), PageArguments.forward(5, null));
        for (int step : steps) {
            if (page.edges().isEmpty() || step == 0) {
                continue;
            }
            int index = Math.floorMod(step * 7, page.edges().size());
            int place = page.nodes().get(index);
            String edge = page.edges().get(index).cursor();
            PageArguments arguments =
                    step > 0 ? new PageArguments(step, edge, null, null) : new PageArguments(null, null, -step, edge);
            List<Integer> expected = step > 0
                    ? scripted.items.subList(place + 1, Math.min(size, place + 1 + step))
                    : scripted.items.subList(Math.max(0, place + step), place);
            page = read(List.of(scripted.list()), arguments);
            assertThat(page.nodes()).isEqualTo(expected);
        }
    }

    @Property(seed = "5", tries = 500)
    void tailIsTheEndOfTheList(
            @ForAll @IntRange(max = 45) int size,
            @ForAll("quirks") Set<PageQuirk> quirks,
            @ForAll @IntRange(min = 1, max = 60) int last) {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, size, quirks.toArray(PageQuirk[]::new));
        Connection<Integer> page = read(List.of(scripted.list()), new PageArguments(null, null, last, null));
        assertThat(page.nodes()).isEqualTo(scripted.items.subList(Math.max(0, size - last), size));
        assertThat(page.pageInfo().hasPreviousPage()).isEqualTo(last < size);
        assertThat(page.pageInfo().hasNextPage()).isFalse();
    }

    /** Combinations of quirks of the size, the end and the count of pages. */
    @Provide
    Arbitrary<Set<PageQuirk>> quirks() {
        return Arbitraries.of(PageQuirk.values()).set().ofMaxSize(4).filter(ConnectionPropertyTests::goTogether);
    }

    @Provide
    Arbitrary<Set<PageQuirk>> quirksBothWays() {
        return Arbitraries.of(
                        PageQuirk.LEAST_FIVE,
                        PageQuirk.MOST_THREE,
                        PageQuirk.COUNTED,
                        PageQuirk.COUNTED_HIGH,
                        PageQuirk.TOKEN_AT_THE_END)
                .set()
                .ofMaxSize(3)
                .filter(ConnectionPropertyTests::goTogether);
    }

    /**
     * A short page in the middle with a count that is too low cannot be distinguished from the end. Repeated items on
     * two pages of a caller cannot be distinguished from two items.
     */
    private static boolean goTogether(Set<PageQuirk> quirks) {
        boolean low = quirks.contains(PageQuirk.PAGE_COUNTED) || quirks.contains(PageQuirk.COUNTED_LOW);
        boolean shortPages = quirks.contains(PageQuirk.MOST_THREE)
                || quirks.contains(PageQuirk.ALWAYS_FOUR)
                || quirks.contains(PageQuirk.EMPTY_PAGES);
        return !(low && shortPages) && !quirks.contains(PageQuirk.DOUBLES);
    }

    private static List<Integer> readForward(List<SourceList<Integer>> lists, List<Integer> firsts, boolean fromEdges) {
        return readForward(arguments -> read(lists, arguments), firsts, fromEdges);
    }

    private static List<Integer> readForward(
            Function<PageArguments, Connection<Integer>> reader, List<Integer> firsts, boolean fromEdges) {
        List<Integer> found = new ArrayList<>();
        @Nullable String after = null;
        for (int i = 0; i < 200; i++) {
            int first = firsts.get(i % firsts.size());
            Connection<Integer> page = reader.apply(PageArguments.forward(first, after));
            assertThat(page.nodes()).hasSizeLessThanOrEqualTo(first);
            assertThat(page.pageInfo().hasPreviousPage()).isEqualTo(after != null);
            found.addAll(page.nodes());
            if (!page.pageInfo().hasNextPage()) {
                return found;
            }
            assertThat(page.nodes()).hasSize(first);
            after = fromEdges
                    ? page.edges().getLast().cursor()
                    : Objects.requireNonNull(page.pageInfo().endCursor());
        }
        throw new AssertionError("no end after " + found);
    }

    private static Connection<Integer> read(List<SourceList<Integer>> lists, PageArguments arguments) {
        READER.check(lists.stream().map(SourceList::vendor).toList(), arguments, SCOPE);
        return SourceAssertions.require(READER.read(lists, arguments, SCOPE));
    }
}
