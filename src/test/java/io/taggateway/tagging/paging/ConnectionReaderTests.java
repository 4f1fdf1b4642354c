package io.taggateway.tagging.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.ScriptedList.PageQuirk;
import io.taggateway.tagging.paging.SourceList.PageReader;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests of connections over vendors' lists with failures, changes of the lists and invalid arguments. */
class ConnectionReaderTests {

    private static final CursorCodec CURSORS = new CursorCodec("key".getBytes(StandardCharsets.UTF_8));

    private static final ListScope SCOPE = ListScope.of(CURSORS, "numbers", "");
    private static final int MAX_PAGES = 3;

    private final ConnectionReader reader = new ConnectionReader(MAX_PAGES);

    /** The vendor returns less than is requested, and its count is that of the first pages. */
    @Test
    void listDoesNotEndAtACountThatIsTooLowWhenAllPagesHaveOneSize() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 25, PageQuirk.ALWAYS_FOUR, PageQuirk.COUNTED_LOW);
        Connection<Integer> page = read(first(13, null), scripted.list());
        assertThat(page.nodes()).hasSize(12);
        assertThat(page.pageInfo().hasNextPage()).isTrue();
    }

    @Test
    void oneVendorPageIsReadForOnePageOfTheCaller() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 25, PageQuirk.COUNTED);
        Connection<Integer> page = read(first(10, null), scripted.list());
        assertThat(page.nodes()).isEqualTo(numbers(0, 10));
        assertThat(page.totalCount()).isEqualTo(25);
        assertThat(page.sources()).containsExactly(SourceOutcome.ok(Vendor.SIPSIM, SampleFactory.NOON));
        assertThat(page.pageInfo().startCursor())
                .isEqualTo(page.edges().getFirst().cursor());
        read(first(10, page.pageInfo().endCursor()), scripted.list());
        assertThat(scripted.requests).containsExactly("null/10", "9/10");
    }

    @Test
    void readingContinuesUpToTheBoundWhenAFilterMatchesLittle() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 100, PageQuirk.COUNTED);
        Connection<Integer> page = read(first(5, null), scripted.list(number -> number == 3 || number == 77));
        assertThat(page.nodes()).containsExactly(3);
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        assertThat(page.totalCount()).isNull();
        assertThat(scripted.requests).containsExactly("null/10", "9/10", "19/10");
        Connection<Integer> rest = page;
        for (int i = 0; i < 3; i++) {
            rest = read(first(5, rest.pageInfo().endCursor()), scripted.list(number -> number == 3 || number == 77));
        }
        assertThat(rest.pageInfo().hasNextPage()).isFalse();
        assertThat(scripted.requests).hasSize(10);
    }

    @Test
    void readingStopsAtTheBoundWhenPagesAreEmpty() {
        PageReader<Integer> endless = (page, limit) -> Mono.just(
                new SourcePage<>(List.of(), PageToken.after(page.value() + "x"), null, null, SampleFactory.NOON));
        Connection<Integer> page =
                read(first(5, null), new SourceList<>(Vendor.SIPSIM, endless, 10, String::valueOf, null));
        assertThat(page.nodes()).isEmpty();
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        assertThat(page.pageInfo().endCursor()).isNotNull();
    }

    @Test
    void emptyPageHasTheCountOfTheList() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 25, PageQuirk.COUNTED);
        Connection<Integer> page = read(first(0, null), scripted.list());
        assertThat(page.nodes()).isEmpty();
        assertThat(page.totalCount()).isEqualTo(25);
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        assertThat(page.sources()).containsExactly(SourceOutcome.ok(Vendor.SIPSIM, SampleFactory.NOON));
        assertThat(scripted.requests).containsExactly("null/1");
        Connection<Integer> rest = read(first(2, page.pageInfo().endCursor()), scripted.list());
        assertThat(rest.nodes()).containsExactly(0, 1);
        String second = rest.pageInfo().endCursor();
        assertThat(read(first(0, second), scripted.list()).nodes()).isEmpty();
        assertThat(read(
                                first(
                                        2,
                                        read(first(0, second), scripted.list())
                                                .pageInfo()
                                                .endCursor()),
                                scripted.list())
                        .nodes())
                .containsExactly(2, 3);
        assertThat(read(last(0, second), scripted.list()).nodes()).isEmpty();
        assertThat(read(last(0, null), new ScriptedList(Vendor.SIPSIM, 3).list())
                        .nodes())
                .isEmpty();
        assertThat(read(first(0, null), new ScriptedList(Vendor.SIPSIM, 0).list())
                        .pageInfo()
                        .hasNextPage())
                .isFalse();
    }

    @Test
    void listThatFailedIsNotCounted() {
        ScriptedList scripted =
                new ScriptedList(Vendor.SIPSIM, 25, PageQuirk.COUNTED).failingAfter(1, FailureReason.TIMEOUT);
        Connection<Integer> page = read(first(20, null), scripted.list());
        assertThat(page.nodes()).hasSize(10);
        assertThat(page.totalCount()).isNull();
    }

    @Test
    void duplicatesAreListedOnce() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 20, PageQuirk.DOUBLES, PageQuirk.MOST_THREE);
        assertThat(read(first(9, null), scripted.list()).nodes()).isEqualTo(numbers(0, 9));
    }

    @Test
    void positionIsUnchangedWhenItemsAreAddedAtTheBeginning() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 20, PageQuirk.LEAST_FIVE);
        Connection<Integer> page = read(first(3, null), scripted.list());
        scripted.items.addAll(0, List.of(101, 102));
        Connection<Integer> next = read(first(4, page.edges().getLast().cursor()), scripted.list());
        assertThat(next.nodes()).isEqualTo(numbers(3, 7));
        Connection<Integer> back = read(last(2, next.edges().getFirst().cursor()), scripted.list());
        assertThat(back.nodes()).isEqualTo(numbers(1, 3));
        assertThat(read(first(1, back.edges().getFirst().cursor()), scripted.list())
                        .nodes())
                .containsExactly(2);
    }

    @Test
    void positionIsUnchangedWhenItsItemIsDeleted() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 20, PageQuirk.LEAST_FIVE);
        Connection<Integer> page = read(first(3, null), scripted.list());
        scripted.items.remove(Integer.valueOf(2));
        scripted.items.add(2, 99);
        assertThat(read(first(2, page.edges().getLast().cursor()), scripted.list())
                        .nodes())
                .isEqualTo(numbers(3, 5));
    }

    @Test
    void foundItemsAreReturnedAndReadingContinuesLaterAfterAFailure() {
        ScriptedList scripted =
                new ScriptedList(Vendor.SIPSIM, 20, PageQuirk.MOST_THREE).failingAfter(2, FailureReason.TIMEOUT);
        Connection<Integer> page = read(first(9, null), scripted.list());
        assertThat(page.nodes()).isEqualTo(numbers(0, 6));
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        assertThat(page.sources()).hasSize(1);
        assertThat(Objects.requireNonNull(page.sources().getFirst().failure()).reason())
                .isEqualTo(FailureReason.TIMEOUT);
        scripted.removeFaults();
        assertThat(read(first(2, page.pageInfo().endCursor()), scripted.list()).nodes())
                .isEqualTo(numbers(6, 8));
    }

    @Test
    void pageIsEmptyAfterAFailureAtTheBeginning() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 20).failingAfter(0, FailureReason.UNAVAILABLE);
        Connection<Integer> page = read(first(9, null), scripted.list());
        assertThat(page.edges()).isEmpty();
        assertThat(page.pageInfo().hasNextPage()).isFalse();
        assertThat(page.sources()).extracting(SourceOutcome::status).containsExactly(SourceStatus.FAILED);
    }

    @Test
    void listOfTheOtherVendorIsReturnedWhenOneFails() {
        ScriptedList broken = new ScriptedList(Vendor.SIPSIM, 20).failingAfter(0, FailureReason.UNAVAILABLE);
        ScriptedList whole = new ScriptedList(Vendor.SWIPEONE, 3, PageQuirk.COUNTED);
        Connection<Integer> page =
                SourceAssertions.require(reader.read(List.of(broken.list(), whole.list()), first(9, null), SCOPE));
        assertThat(page.nodes()).isEqualTo(numbers(0, 3));
        assertThat(page.totalCount()).isNull();
        assertThat(page.sources())
                .extracting(SourceOutcome::status)
                .containsExactly(SourceStatus.FAILED, SourceStatus.OK);
    }

    @Test
    void concatenatedListsHaveAnOutcomeOfEachVendor() {
        ScriptedList one = new ScriptedList(Vendor.SIPSIM, 5);
        ScriptedList other = new ScriptedList(Vendor.SWIPEONE, 5);
        List<SourceList<Integer>> lists = List.of(one.list(), other.list());
        Connection<Integer> page = SourceAssertions.require(reader.read(lists, first(4, null), SCOPE));
        assertThat(page.sources())
                .containsExactly(
                        SourceOutcome.ok(Vendor.SIPSIM, SampleFactory.NOON), SourceOutcome.skipped(Vendor.SWIPEONE));
        assertThat(other.requests).isEmpty();
        Connection<Integer> next = SourceAssertions.require(
                reader.read(lists, first(4, page.pageInfo().endCursor()), SCOPE));
        assertThat(next.nodes()).containsExactly(4, 0, 1, 2);
        assertThat(next.sources()).extracting(SourceOutcome::status).containsOnly(SourceStatus.OK);
    }

    @Test
    void mergedListsNeedOneRequestEachUntilTheyEnd() {
        ScriptedList odd = ScriptedList.sorted(Vendor.SIPSIM, List.of(1, 3, 5));
        ScriptedList even = ScriptedList.sorted(Vendor.SWIPEONE, List.of(2, 4, 6, 8, 10));
        Connection<Integer> page = merge(first(4, null), odd.list(), even.list());
        assertThat(page.nodes()).isEqualTo(numbers(1, 5));
        assertThat(page.totalCount()).isNull();
        Connection<Integer> next = merge(first(3, page.pageInfo().endCursor()), odd.list(), even.list());
        assertThat(next.nodes()).containsExactly(5, 6, 8);
        Connection<Integer> last = merge(first(3, next.pageInfo().endCursor()), odd.list(), even.list());
        assertThat(last.nodes()).containsExactly(10);
        assertThat(last.pageInfo().hasNextPage()).isFalse();
        assertThat(last.sources())
                .containsExactly(
                        SourceOutcome.skipped(Vendor.SIPSIM), SourceOutcome.ok(Vendor.SWIPEONE, SampleFactory.NOON));
        assertThat(odd.requests).hasSize(2);
        assertThat(even.requests).hasSize(3);
    }

    @Test
    void failedVendorIsMissingInAMergeAndReturnsLater() {
        ScriptedList broken = ScriptedList.sorted(Vendor.SIPSIM, List.of(1, 3)).failingAfter(0, FailureReason.TIMEOUT);
        ScriptedList whole = ScriptedList.sorted(Vendor.SWIPEONE, List.of(2, 4, 6));
        Connection<Integer> page = merge(first(2, null), broken.list(), whole.list());
        assertThat(page.nodes()).containsExactly(2, 4);
        assertThat(page.sources())
                .extracting(SourceOutcome::status)
                .containsExactly(SourceStatus.FAILED, SourceStatus.OK);
        broken.removeFaults();
        assertThat(merge(first(9, page.pageInfo().endCursor()), broken.list(), whole.list())
                        .nodes())
                .containsExactly(1, 3, 6);
    }

    @Test
    void mergeEndsWhenTheOrderIsUnknownAtTheBound() {
        ScriptedList sparse = new ScriptedList(Vendor.SIPSIM, 100);
        ScriptedList dense = ScriptedList.sorted(Vendor.SWIPEONE, numbers(20, 60));
        SourceList<Integer> filtered = sparse.list(number -> number == 3 || number == 35);
        Connection<Integer> page = merge(first(10, null), filtered, dense.list());
        assertThat(page.nodes()).containsExactly(3);
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        Connection<Integer> next = merge(first(50, page.pageInfo().endCursor()), filtered, dense.list());
        assertThat(next.nodes()).isEqualTo(numbers(20, 36));
        Connection<Integer> last = merge(first(2, next.pageInfo().endCursor()), filtered, dense.list());
        assertThat(last.pageInfo().hasNextPage()).isTrue();
    }

    @Test
    void foundItemsAreReturnedWhenReadingBackwardFails() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 30);
        Connection<Integer> page = read(first(10, null), scripted.list());
        page = read(first(10, page.pageInfo().endCursor()), scripted.list());
        scripted.failingAfter(1, FailureReason.RATE_LIMITED);
        Connection<Integer> back = read(last(9, page.edges().get(5).cursor()), scripted.list());
        assertThat(back.nodes()).isEqualTo(numbers(10, 15));
        assertThat(back.pageInfo().hasPreviousPage()).isFalse();
        assertThat(back.sources()).extracting(SourceOutcome::status).containsExactly(SourceStatus.FAILED);
    }

    @Test
    void otherErrorsArePropagated() {
        SourceList<Integer> list = new SourceList<>(
                Vendor.SIPSIM, (page, limit) -> Mono.error(new IllegalStateException()), 10, String::valueOf, null);
        StepVerifier.create(reader.read(List.of(list), first(5, null), SCOPE)).verifyError(IllegalStateException.class);
    }

    @Test
    void tailIsTheEndOfAListThatIsShortEnoughToBeRead() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 29, PageQuirk.COUNTED);
        Connection<Integer> page = read(last(4, null), scripted.list());
        assertThat(page.nodes()).isEqualTo(numbers(25, 29));
        assertThat(page.pageInfo().hasPreviousPage()).isTrue();
        Connection<Integer> before = read(last(30, page.pageInfo().startCursor()), scripted.list());
        assertThat(before.nodes()).isEqualTo(numbers(0, 25));
        assertThat(before.pageInfo().hasPreviousPage()).isFalse();
        assertThat(before.pageInfo().hasNextPage()).isTrue();
    }

    @Test
    void filteredListIsReadBackwardFromTheCursor() {
        SourceList<Integer> even = even(new ScriptedList(Vendor.SIPSIM, 29));
        Connection<Integer> page = read(first(6, null), even);
        assertThat(page.nodes()).containsExactly(0, 2, 4, 6, 8, 10);
        Connection<Integer> before = read(last(10, page.pageInfo().endCursor()), even);
        assertThat(before.nodes()).containsExactly(0, 2, 4, 6, 8);
        assertThat(before.pageInfo().hasPreviousPage()).isFalse();
    }

    @Test
    void nextPageBeginsAtTheEndOfAPageReadBackward() {
        SourceList<Integer> list = new ScriptedList(Vendor.SIPSIM, 29).list();
        Connection<Integer> page = read(first(6, null), list);
        Connection<Integer> before = read(last(2, page.pageInfo().endCursor()), list);
        assertThat(before.nodes()).containsExactly(3, 4);
        assertThat(read(first(2, before.pageInfo().endCursor()), list).nodes()).containsExactly(5, 6);
    }

    private static SourceList<Integer> even(ScriptedList scripted) {
        SourceList<Integer> all = scripted.list();
        return new SourceList<>(all.vendor(), all.reader(), all.maxPageSize(), all.id(), number -> number % 2 == 0);
    }

    @Test
    void tailOfALongerListIsRefused() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 31);
        StepVerifier.create(reader.read(List.of(scripted.list()), last(4, null), SCOPE))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContaining("too long to be read from its end"));
    }

    @Test
    void contradictoryArgumentsAreRefused() {
        assertRefused(new PageArguments(5, null, null, "x"), "`before` requires `last`");
        assertRefused(new PageArguments(null, "x", 5, null), "`after` requires `first`");
        assertRefused(first(5, "x"), "is no cursor of this list");
        assertThatThrownBy(() -> reader.check(List.of(Vendor.SIPSIM, Vendor.SWIPEONE), last(5, null), SCOPE))
                .hasMessageContaining("can only be read forward");
    }

    @Test
    void cursorOfAnotherFilterIsRefused() {
        ScriptedList scripted = new ScriptedList(Vendor.SIPSIM, 20);
        String cursor = read(first(1, null), scripted.list()).pageInfo().endCursor();
        assertThatThrownBy(() ->
                        reader.check(List.of(Vendor.SIPSIM), first(1, cursor), ListScope.of(CURSORS, "numbers", "odd")))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void pageIsEmptyWithoutLists() {
        assertThat(SourceAssertions.require(reader.<Integer>read(List.of(), first(5, null), SCOPE)))
                .isEqualTo(Connection.empty(List.of()));
        SourceList<Integer> empty = SourceList.empty(Vendor.SIPSIM, SampleFactory.NOON);
        assertThat(read(first(5, null), empty).totalCount()).isZero();
    }

    @Test
    void outcomesAreInTheOrderOfVendors() {
        Connection<Integer> page = Connection.<Integer>empty(List.of(SourceOutcome.skipped(Vendor.SWIPEONE)))
                .withSources(List.of(SourceOutcome.ok(Vendor.SIPSIM, SampleFactory.NOON)));
        assertThat(page.sources()).extracting(SourceOutcome::vendor).containsExactly(Vendor.SIPSIM, Vendor.SWIPEONE);
    }

    private void assertRefused(PageArguments arguments, String words) {
        assertThatThrownBy(() -> reader.check(List.of(Vendor.SIPSIM), arguments, SCOPE))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(words);
    }

    private Connection<Integer> read(PageArguments arguments, SourceList<Integer> list) {
        return SourceAssertions.require(reader.read(List.of(list), arguments, SCOPE));
    }

    private Connection<Integer> merge(PageArguments arguments, SourceList<Integer> one, SourceList<Integer> other) {
        reader.check(List.of(one.vendor(), other.vendor()), arguments, SCOPE);
        return SourceAssertions.require(reader.merge(List.of(one, other), Comparator.naturalOrder(), arguments, SCOPE));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static PageArguments first(int first, @Nullable String after) {
        return PageArguments.forward(first, after);
    }

    private static PageArguments last(int last, @Nullable String before) {
        return new PageArguments(null, null, last, before);
    }
}
