package io.taggateway.tagging.paging;

import io.taggateway.tagging.source.PageToken;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an item lies in a vendor's list.
 *
 * @param page the vendor's page that has the item
 * @param index the item's index on that page; -1 for the place before the page's first item
 * @param absolute the item's index in the whole list
 * @param id the item's id, by which it is found again when the page has moved
 * @param next the page after, where the item is the last of its own; null elsewhere
 */
record Place(
        PageToken page,
        int index,
        int absolute,
        String id,
        @Nullable String next) {

    private static final int FIELDS = 7;

    /** So far from the largest number that no sum of a place and a page overflows. */
    private static final int LARGEST = Integer.MAX_VALUE / 2;

    /** The place before the first item of a page. */
    static Place startOf(PageToken page, int absolute) {
        return new Place(page, -1, absolute - 1, "", null);
    }

    String toCursor(ListScope scope) {
        return Cursor.write(Arrays.asList(
                scope.name(),
                scope.context(),
                page.value(),
                page.backward() ? "b" : "f",
                index + "/" + absolute,
                id,
                next));
    }

    /** The place that a cursor of a list stands for. */
    static Place read(String cursor, ListScope scope) {
        List<@Nullable String> fields = Cursor.read(cursor, FIELDS);
        if (!scope.name().equals(fields.getFirst())) {
            throw Cursor.malformed(cursor);
        }
        String value = fields.get(2);
        String numbers = String.valueOf(fields.get(4));
        int slash = numbers.indexOf('/');
        try {
            int index = Integer.parseInt(numbers.substring(0, Math.max(slash, 0)));
            int absolute = Integer.parseInt(numbers.substring(slash + 1));
            if (index < -1 || index > LARGEST || absolute < -LARGEST || absolute > LARGEST) {
                throw Cursor.malformed(cursor);
            }
            return new Place(
                    new PageToken(value, "b".equals(fields.get(3))),
                    index,
                    absolute,
                    String.valueOf(fields.get(5)),
                    fields.get(6));
        } catch (NumberFormatException e) {
            throw Cursor.malformed(cursor);
        }
    }

    /** The name of the list that a cursor is of; null where it has none. */
    static @Nullable String scopeName(String cursor) {
        return Cursor.read(cursor, FIELDS).getFirst();
    }

    /** What the list's owner wrote into a cursor for itself. */
    static @Nullable String context(String cursor) {
        return Cursor.read(cursor, FIELDS).get(1);
    }
}
