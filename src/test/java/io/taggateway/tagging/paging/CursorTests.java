package io.taggateway.tagging.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.PageToken;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors are read back as they were written, and nothing else is read at all. */
class CursorTests {

    private static final ListScope SCOPE =
            ListScope.of("numbers", "").with("context").in(Vendor.SIPSIM);

    @Test
    void fieldsAreReadBackNullsAndAll() {
        List<@Nullable String> fields = Arrays.asList("a", null, "", "é🔥", "=/+ ");
        String cursor = Cursor.write(fields);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.read(cursor, 5)).isEqualTo(fields);
    }

    @Test
    void everyTruncatedCursorIsRefused() {
        String cursor = Cursor.write(List.of("one", "two", "three"));
        for (int length = 0; length < cursor.length(); length++) {
            assertRefused(cursor.substring(0, length), 3);
            assertRefused(cursor.substring(length + 1), 3);
        }
    }

    @Test
    void everyChangedCursorIsRefused() {
        String cursor = Cursor.write(List.of("one", "two"));
        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(cursor.substring(0, i) + other + cursor.substring(i + 1), 2);
        }
    }

    @Test
    void cursorOfAnotherNumberOfFieldsIsRefused() {
        assertRefused(Cursor.write(List.of("one", "two")), 3);
        assertRefused(Cursor.write(List.of("one", "two")), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "null", "MQ==", "\u0000", "🔥", "../../etc/passwd", "AQAAAAAAAAAA", "a b"})
    void anyOtherTextIsRefused(String text) {
        assertRefused(text, 1);
    }

    @Property(seed = "1")
    void everyTextIsRefused(@ForAll String text) {
        assertRefused(text, 7);
    }

    @Test
    void placeIsReadBackAsItWas() {
        Place place = new Place(PageToken.before("t=/+"), 3, 13, "id", "next");
        assertThat(Place.read(place.toCursor(SCOPE), SCOPE)).isEqualTo(place);
        Place start = Place.startOf(PageToken.FIRST, 0);
        assertThat(Place.read(start.toCursor(SCOPE), SCOPE)).isEqualTo(start);
        assertThat(Place.context(place.toCursor(SCOPE))).isEqualTo("context");
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
    void placeThatNoListCanHaveIsRefused(String numbers) {
        String cursor = Cursor.write(Arrays.asList(SCOPE.name(), null, null, "f", numbers, "id", null));
        assertThatThrownBy(() -> Place.read(cursor, SCOPE)).isInstanceOf(BadInputException.class);
    }

    @Test
    void placeInAnotherListOrFilterOrVendorIsRefused() {
        String cursor = new Place(PageToken.FIRST, 3, 13, "id", null).toCursor(SCOPE);
        for (ListScope other : List.of(
                ListScope.of("letters", "").in(Vendor.SIPSIM),
                ListScope.of("numbers", "odd").in(Vendor.SIPSIM),
                ListScope.of("numbers", "").in(Vendor.SWIPEONE))) {
            assertThatThrownBy(() -> Place.read(cursor, other)).isInstanceOf(BadInputException.class);
            assertThat(other.owns(cursor)).isFalse();
        }
        assertThat(SCOPE.owns(cursor)).isTrue();
    }

    @Test
    void contextIsGivenToTheOwnerOnly() {
        String cursor = new Place(PageToken.FIRST, 3, 13, "id", null).toCursor(SCOPE);
        assertThat(ListScope.of("numbers", "").contextOf(cursor)).isEqualTo("context");
        assertThatThrownBy(() -> ListScope.of("letters", "").contextOf(cursor)).isInstanceOf(BadInputException.class);
    }

    private static void assertRefused(String cursor, int fields) {
        assertThatThrownBy(() -> Cursor.read(cursor, fields))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is no cursor of this list");
    }
}
