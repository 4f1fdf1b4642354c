package io.taggateway.tagging.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourceOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of pages of complete lists. */
class ListPagerTests {

    private static final CursorCodec CURSORS = new CursorCodec("key".getBytes(StandardCharsets.UTF_8));

    private static final ListPager<String> PAGER = pager("words");
    private static final List<String> WORDS = List.of("a", "c", "e", "g", "i");

    @Test
    void firstPageHasTheFirstItems() {
        Connection<String> page = PAGER.page(WORDS, PageArguments.forward(2, null), List.of());
        assertThat(page.nodes()).containsExactly("a", "c");
        assertThat(page.totalCount()).isEqualTo(5);
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        assertThat(page.pageInfo().hasPreviousPage()).isFalse();
        assertThat(page.pageInfo().startCursor())
                .isEqualTo(page.edges().getFirst().cursor());
        assertThat(page.pageInfo().endCursor()).isEqualTo(page.edges().getLast().cursor());
    }

    @Test
    void lastPageHasTheLastItems() {
        Connection<String> page = PAGER.page(WORDS, new PageArguments(null, null, 2, null), List.of());
        assertThat(page.nodes()).containsExactly("g", "i");
        assertThat(page.pageInfo().hasNextPage()).isFalse();
        assertThat(page.pageInfo().hasPreviousPage()).isTrue();
    }

    @Test
    void pageLiesBetweenItsCursors() {
        PageArguments between = new PageArguments(null, cursor("a"), null, cursor("i"));
        assertThat(PAGER.page(WORDS, between, List.of()).nodes()).containsExactly("c", "e", "g");
        PageArguments lastBetween = new PageArguments(null, cursor("a"), 2, cursor("i"));
        assertThat(PAGER.page(WORDS, lastBetween, List.of()).nodes()).containsExactly("e", "g");
        PageArguments crossed = new PageArguments(null, cursor("i"), null, cursor("a"));
        assertThat(PAGER.page(WORDS, crossed, List.of()).nodes()).isEmpty();
    }

    @Test
    void positionIsUnchangedWhenItsItemIsDeleted() {
        List<String> changed = List.of("a", "b", "d", "f", "g", "i");
        assertThat(PAGER.page(changed, PageArguments.forward(2, cursor("e")), List.of())
                        .nodes())
                .containsExactly("f", "g");
        assertThat(PAGER.page(changed, new PageArguments(null, null, 2, cursor("e")), List.of())
                        .nodes())
                .containsExactly("b", "d");
    }

    @Test
    void cursorIsReadOnceAndFoundByBinarySearch() {
        List<Integer> all = IntStream.range(0, 1024).boxed().toList();
        List<String> read = new ArrayList<>();
        List<Integer> compared = new ArrayList<>();
        ListPager<Integer> pager =
                new ListPager<>(CURSORS, "numbers", 1, number -> List.of(Integer.toString(number)), key -> {
                    read.addAll(key);
                    int place = Integer.parseInt(key.getFirst());
                    return number -> {
                        compared.add(number);
                        return number.compareTo(place);
                    };
                });
        PageArguments behind = PageArguments.forward(2, CURSORS.write(List.of("numbers", "1000")));
        assertThat(pager.page(all, behind, List.of()).nodes()).containsExactly(1001, 1002);
        assertThat(read).containsExactly("1000");
        assertThat(compared).hasSizeLessThanOrEqualTo(11);
    }

    @Test
    void pageOfAnEmptyListHasNoCursors() {
        Connection<String> page = PAGER.page(List.of(), PageArguments.forward(2, null), List.of());
        assertThat(page.edges()).isEmpty();
        assertThat(page.pageInfo()).isEqualTo(new Connection.PageBounds(false, false, null, null));
    }

    @Test
    void cursorOfAnotherListIsRefusedAtOnce() {
        String foreign = Objects.requireNonNull(pager("letters")
                .page(WORDS, PageArguments.forward(1, null), List.of())
                .pageInfo()
                .endCursor());
        assertThatThrownBy(() -> PAGER.check(PageArguments.forward(1, foreign))).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> PAGER.check(new PageArguments(null, null, 1, "x")))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void cursorWhoseKeyCannotBeComparedIsRefused() {
        ListPager<Vendor> vendors = new ListPager<>(CURSORS, "vendors", 1, vendor -> List.of(vendor.name()), key -> {
            Vendor place = Vendor.valueOf(key.getFirst());
            return vendor -> vendor.compareTo(place);
        });
        String forged = CURSORS.write(List.of("vendors", "NOBODY"));
        assertThatThrownBy(() -> vendors.check(PageArguments.forward(1, forged)))
                .isInstanceOf(BadInputException.class);
    }

    @Property(seed = "1", tries = 300)
    void pagesOfAnySizesHaveExactlyTheList(
            @ForAll @IntRange(max = 30) int size,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> firsts) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add("%03d".formatted(i));
        }
        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        boolean more = true;
        for (int i = 0; more; i++) {
            Connection<String> page =
                    PAGER.page(all, PageArguments.forward(firsts.get(i % firsts.size()), after), List.of());
            found.addAll(page.nodes());
            more = page.pageInfo().hasNextPage();
            after = page.pageInfo().endCursor();
        }
        assertThat(found).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void pageSizeOutOfBoundsIsRefused(int size) {
        assertThatThrownBy(() -> new PageArguments(size, null, null, null))
                .isInstanceOf(BadInputException.class)
                .hasMessage("`first` must be between 0 and 1000, but is " + size + ".");
        assertThatThrownBy(() -> new PageArguments(null, null, size, null)).hasMessageContaining("`last`");
    }

    @Test
    void emptyPageHasTheCountOfTheList() {
        for (PageArguments nothing : List.of(
                new PageArguments(0, null, null, null),
                new PageArguments(0, cursor("b"), null, null),
                new PageArguments(null, null, 0, null))) {
            Connection<String> page = PAGER.page(List.of("a", "b", "c"), nothing, List.of());
            assertThat(page.edges()).isEmpty();
            assertThat(page.totalCount()).isEqualTo(3);
        }
    }

    @Test
    void listIsNotCountedWhenAVendorFails() {
        SourceOutcome failed = SourceOutcome.failed(SourceException.of(Vendor.SIPSIM, FailureReason.TIMEOUT));
        SourceOutcome skipped = SourceOutcome.skipped(Vendor.SWIPEONE);
        PageArguments all = new PageArguments(null, null, null, null);
        assertThat(PAGER.page(List.of("a"), all, List.of(failed)).totalCount()).isNull();
        assertThat(PAGER.page(List.of("a"), all, List.of(skipped)).totalCount()).isOne();
    }

    @Test
    void firstAndLastTogetherAreRefused() {
        assertThatThrownBy(() -> new PageArguments(1, null, 1, null))
                .isInstanceOf(BadInputException.class)
                .hasMessage("Give `first` or `last`, not both.");
    }

    @ParameterizedTest
    @CsvSource({",,,50,false", "7,,,7,false", ",7,,7,true", ",,x,50,true", "7,,x,7,false"})
    void sizeAndDirectionDependOnTheArguments(
            @Nullable Integer first, @Nullable Integer last, @Nullable String before, int size, boolean backward) {
        PageArguments arguments = new PageArguments(first, null, last, before);
        assertThat(arguments.size()).isEqualTo(size);
        assertThat(arguments.backward()).isEqualTo(backward);
    }

    private static String cursor(String word) {
        Connection<String> page = PAGER.page(List.of(word), PageArguments.forward(1, null), List.of());
        return page.edges().getFirst().cursor();
    }

    private static ListPager<String> pager(String scope) {
        return new ListPager<>(CURSORS, scope, 1, List::of, key -> word -> word.compareTo(key.getFirst()));
    }
}
