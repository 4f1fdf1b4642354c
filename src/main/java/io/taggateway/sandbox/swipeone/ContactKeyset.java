package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Swipe One's pagination: a page ends next to the contact that a token names.
 *
 * @param limit the size of a page
 * @param after the token sent as {@code searchAfter}
 * @param before the token sent as {@code searchBefore}
 */
record ContactKeyset(
        int limit, @Nullable String after, @Nullable String before) {

    ContactKeyset {
        if (limit < 1 || limit > 1000 || (after != null && before != null)) {
            throw new RejectedException(400, "Invalid input");
        }
    }

    /**
     * A part of a list, in the order of the whole.
     *
     * @param count how long the whole list is
     */
    record Page(List<SwipeOneContactRow> items, int count, Mark after, Mark before) {}

    /**
     * The token of one direction as a page shows it.
     *
     * @param shown whether the page has the field at all
     */
    record Mark(boolean shown, @Nullable String token) {

        void write(ObjectNode content, String name) {
            if (shown) {
                content.put(name, token);
            }
        }
    }

    static int limit(@Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException notInteger) {
            throw new RejectedException(400, "Invalid input");
        }
    }

    /** Places are sought among all contacts, so that a token lasts though its contact leaves the list. */
    Page page(
            List<SwipeOneContactRow> contacts,
            Comparator<SwipeOneContactRow> order,
            Predicate<SwipeOneContactRow> filter,
            ListEnd end) {
        List<SwipeOneContactRow> sorted = contacts.stream().sorted(order).toList();
        int[] found = IntStream.range(0, sorted.size())
                .filter(index -> filter.test(sorted.get(index)))
                .toArray();
        int from = from(sorted, found);
        int to = before == null ? Math.min(found.length, from + limit) : countUpTo(found, place(before, sorted) - 1);
        List<SwipeOneContactRow> items = IntStream.range(from, to)
                .mapToObj(index -> sorted.get(found[index]))
                .toList();
        String last = items.isEmpty() ? after : token(items.getLast());
        String first = items.isEmpty() ? before : token(items.getFirst());
        return new Page(items, found.length, mark(to < found.length, last, end), mark(from > 0, first, end));
    }

    private int from(List<SwipeOneContactRow> sorted, int[] found) {
        if (before != null) {
            return Math.max(0, countUpTo(found, place(before, sorted) - 1) - limit);
        }
        return after == null ? 0 : countUpTo(found, place(after, sorted));
    }

    private static int countUpTo(int[] found, int place) {
        return (int) IntStream.of(found).filter(index -> index <= place).count();
    }

    private static Mark mark(boolean more, @Nullable String token, ListEnd end) {
        if (more) {
            return new Mark(token != null, token);
        }
        return switch (end) {
            case MISSING -> new Mark(false, null);
            case NULL -> new Mark(true, null);
            case REPEATED -> new Mark(token != null, token);
        };
    }

    private static int place(String token, List<SwipeOneContactRow> sorted) {
        for (int i = 0; i < sorted.size(); i++) {
            if (token(sorted.get(i)).equals(token)) {
                return i;
            }
        }
        throw new RejectedException(400, "Invalid pagination token");
    }

    /** The token ends in base64 padding, so that clients have to encode it. */
    private static String token(SwipeOneContactRow contact) {
        byte[] bytes = ("contact:" + contact.id()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
