package io.taggateway.tagging.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.ListPosition.AtItem;
import io.taggateway.tagging.paging.ListPosition.BeforePage;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that cursors are read back as written, and that all others are refused. */
class CursorCodecTests {

    private static final CursorCodec CURSORS = new CursorCodec("key".getBytes(StandardCharsets.UTF_8));

    private static final ListScope SCOPE = ListScope.of(CURSORS, "numbers", "").since(SampleFactory.NOON);
    private static final List<Vendor> VENDORS = List.of(Vendor.SIPSIM);

    @Test
    void fieldsAreReadBackIncludingNulls() {
        List<@Nullable String> fields = Arrays.asList("a", null, "", "é🔥", "=/+ ");
        String cursor = CURSORS.write(fields);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(CURSORS.read(cursor)).isEqualTo(fields);
    }

    @Test
    void everyTruncatedCursorIsRefused() {
        String cursor = CURSORS.write(List.of("one", "two", "three"));
        for (int length = 0; length < cursor.length(); length++) {
            assertRefused(cursor.substring(0, length));
            assertRefused(cursor.substring(length + 1));
        }
    }

    @Test
    void everyChangedCursorIsRefused() {
        String cursor = CURSORS.write(List.of("one", "two"));
        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(cursor.substring(0, i) + other + cursor.substring(i + 1));
        }
    }

    @Test
    void cursorOfAnotherKeyIsRefused() {
        String cursor = new CursorCodec("other".getBytes(StandardCharsets.UTF_8)).write(List.of("one", "two"));
        assertRefused(cursor);
        assertThat(new CursorCodec("other".getBytes(StandardCharsets.UTF_8)).read(cursor))
                .containsExactly("one", "two");
    }

    @Test
    void cursorIsAtMostFourKilobytesLong() {
        assertThat(CURSORS.read(CURSORS.write(List.of("x".repeat(3000))))).hasSize(1);
        assertRefused(CURSORS.write(List.of("x".repeat(3100))));
        assertRefused("A".repeat(10_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "null", "MQ==", "\u0000", "🔥", "../../etc/passwd", "AQAAAAAAAAAA", "a b"})
    void anyOtherTextIsRefused(String text) {
        assertRefused(text);
    }

    @Property(seed = "1")
    void everyTextIsRefused(@ForAll String text) {
        assertRefused(text);
    }

    @Test
    void positionIsReadBackUnchanged() {
        ListPosition place = new AtItem(PageToken.before("t=/+"), 3, 13, "id", "next");
        assertThat(read(write(place))).isEqualTo(place);
        ListPosition start = new BeforePage(PageToken.FIRST, 0);
        assertThat(read(write(start))).isEqualTo(start);
        assertThat(SCOPE.sinceOf(write(place))).isEqualTo(SampleFactory.NOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "1",
                "1/",
                "/1",
                "x/1",
                "1/x",
                "1/1/1",
                "-2/1",
                "2147483647/2147483647",
                "-2147483648/0",
                "1/-2147483648",
                "99999999999/99999999999"
            })
    void impossiblePositionIsRefused(String numbers) {
        String cursor = CURSORS.write(Arrays.asList(SCOPE.name() + "@sipsim", null, null, "f", numbers, "id", null));
        assertThatThrownBy(() -> read(cursor)).isInstanceOf(BadInputException.class);
    }

    @Test
    void positionInAnotherListFilterOrVendorIsRefused() {
        String cursor = write(new AtItem(PageToken.FIRST, 3, 13, "id", null));
        assertThat(read(cursor)).isNotNull();
        for (ListScope other : List.of(ListScope.of(CURSORS, "letters", ""), ListScope.of(CURSORS, "numbers", "odd"))) {
            assertThatThrownBy(() -> other.places(cursor, VENDORS)).isInstanceOf(BadInputException.class);
        }
        assertThatThrownBy(() -> SCOPE.places(cursor, List.of(Vendor.SWIPEONE))).isInstanceOf(BadInputException.class);
    }

    @Test
    void beginningOfThePeriodIsReadForTheSameListOnly() {
        String cursor = write(new AtItem(PageToken.FIRST, 3, 13, "id", null));
        assertThat(ListScope.of(CURSORS, "numbers", "").sinceOf(cursor)).isEqualTo(SampleFactory.NOON);
        assertThatThrownBy(() -> ListScope.of(CURSORS, "letters", "").sinceOf(cursor))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void cursorOfEarlierVersionsIsRead() {
        String cursor = CURSORS.write(Arrays.asList(
                "numbers:e3b0c44298fc1c149afbf4c8@sipsim", "1772625600000", "page", "f", "3/13", "id", null));
        assertThat(cursor).isEqualTo(write(new AtItem(PageToken.after("page"), 3, 13, "id", null)));
        assertThat(CURSORS.write(Arrays.asList(
                        "numbers:e3b0c44298fc1c149afbf4c8@sipsim", "1772625600000", "page", "f", "-1/12", "", null)))
                .isEqualTo(write(new BeforePage(PageToken.after("page"), 13)));
    }

    @Test
    void positionInSeveralListsIsReadBackUnchanged() {
        ListPosition place = new AtItem(PageToken.after("page"), 3, 13, "id", null);
        List<Vendor> vendors = List.of(Vendor.SIPSIM, Vendor.SWIPEONE);
        for (List<@Nullable ListPosition> places : List.of(
                Arrays.<@Nullable ListPosition>asList(place, place),
                Arrays.<@Nullable ListPosition>asList(place, null),
                Arrays.<@Nullable ListPosition>asList(ListPosition.BEGINNING, place),
                Arrays.<@Nullable ListPosition>asList(place, ListPosition.BEGINNING),
                Arrays.<@Nullable ListPosition>asList(null, place),
                Arrays.<@Nullable ListPosition>asList(null, ListPosition.BEGINNING))) {
            String cursor = SCOPE.toCursor(places, vendors);
            assertThat(SCOPE.places(cursor, vendors)).isEqualTo(places);
            assertThat(SCOPE.sinceOf(cursor)).isEqualTo(SampleFactory.NOON);
        }
    }

    @Test
    void cursorWithoutFieldsIsRefused() {
        assertThatThrownBy(() -> ListScope.of(CURSORS, "calls", "all").places(CURSORS.write(List.of()), VENDORS))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void positionInSeveralListsIsRefusedInOtherLists() {
        ListPosition place = new AtItem(PageToken.after("page"), 3, 13, "id", null);
        String cursor = SCOPE.toCursor(List.of(place, place), List.of(Vendor.SIPSIM, Vendor.SWIPEONE));
        for (List<Vendor> others : List.of(VENDORS, List.of(Vendor.SWIPEONE, Vendor.SIPSIM), List.<Vendor>of())) {
            assertThatThrownBy(() -> SCOPE.places(cursor, others)).isInstanceOf(BadInputException.class);
        }
    }

    private static String write(ListPosition place) {
        return SCOPE.toCursor(List.of(place), VENDORS);
    }

    private static @Nullable ListPosition read(String cursor) {
        return SCOPE.places(cursor, VENDORS).getFirst();
    }

    private static void assertRefused(String cursor) {
        assertThatThrownBy(() -> CURSORS.read(cursor))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is no cursor of this list");
    }
}
