package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** SIPSIM's pagination: a page begins after the item that its token names. */
final class SipsimKeyset {

    private final SipsimOptions options;

    SipsimKeyset(SipsimOptions options) {
        this.options = options;
    }

    /**
     * A part of a list.
     *
     * @param token of the next page
     */
    record Page<T>(List<T> items, int limit, @Nullable String token, boolean more) {}

    /**
     * Answers the page that a request asks for.
     *
     * @param all what the list has, in the order of their rising keys
     */
    <T> Page<T> page(List<T> all, ToLongFunction<T> key, int limit, SandboxRequest request) {
        String sent = request.parameter("page");
        int from = sent == null ? 0 : indexAfter(read(sent), all, key);
        int to = Math.min(all.size(), from + limit);
        List<T> items = all.subList(from, to);
        if (sent != null && options.has(SipsimQuirk.PAGE_TOKEN_REPEATED)) {
            return new Page<>(items, limit, sent, true);
        }
        boolean more = to < all.size();
        boolean shown = more
                ? !options.has(SipsimQuirk.PAGE_TOKEN_MISSING)
                : options.has(SipsimQuirk.PAGE_TOKEN_AT_THE_END) && !items.isEmpty();
        return new Page<>(items, limit, shown ? write(key.applyAsLong(items.getLast())) : null, more);
    }

    static int limit(SandboxRequest request, int least, int most) {
        String text = request.parameter("limit");
        if (text == null) {
            return most;
        }
        int limit;
        try {
            limit = Integer.parseInt(text);
        } catch (NumberFormatException notInteger) {
            limit = -1;
        }
        if (limit < least || limit > most) {
            throw new RejectedException(400, "limit must be an integer from %d to %d".formatted(least, most));
        }
        return limit;
    }

    /** Where the item itself is gone, or filtered away, its key still says where to go on. */
    private static <T> int indexAfter(long last, List<T> all, ToLongFunction<T> key) {
        int index = 0;
        while (index < all.size() && key.applyAsLong(all.get(index)) <= last) {
            index++;
        }
        return index;
    }

    /** Spaces make the base64 end in padding, as in SIPSIM's own sample, so that clients have to encode it. */
    private static String write(long key) {
        StringBuilder json = new StringBuilder("{\"id\":\"").append(key).append("\"}");
        while (json.length() % 3 != 2) {
            json.insert(json.length() - 1, ' ');
        }
        return Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static long read(String token) {
        try {
            String json = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            String id = JsonTrees.text(JsonTrees.readObject(json), "id");
            return Long.parseLong(id == null ? "" : id);
        } catch (IllegalArgumentException | RejectedException unreadable) {
            throw new RejectedException(400, "page is not a page token");
        }
    }
}
