package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SIPSIM's pagination. A page begins after the key in its token, even if the item of the key no longer exists. */
final class SipsimPagination {

    private final SipsimStore store;
    private final SipsimJson bodies;

    SipsimPagination(SipsimStore store, SipsimJson bodies) {
        this.store = store;
        this.bodies = bodies;
    }

    /** The requested page of a list. */
    <T> SandboxReply page(SandboxRequest request, int limit, NavigableMap<Long, T> all, Function<T, ObjectNode> shape) {
        String sent = request.parameter("page");
        NavigableMap<Long, T> rest = sent == null ? all : all.tailMap(read(sent), false);
        boolean more = rest.size() > limit;
        List<Long> keys = rest.keySet().stream().limit(limit).toList();
        List<ObjectNode> items = rest.values().stream().limit(limit).map(shape).toList();
        ObjectNode body = bodies.envelope(200, SandboxJson.array(items));
        ObjectNode pagination =
                body.putObject("pagination").put("count", items.size()).put("limit", limit);
        boolean repeated = sent != null && store.options().has(SipsimQuirk.PAGE_TOKEN_REPEATED);
        String token = repeated ? sent : token(keys, more);
        if (token != null) {
            pagination.put("page", token);
        }
        pagination.put("has_more", more || repeated);
        return SandboxReply.json(200, body);
    }

    static int limit(SandboxRequest request, int least, int most) {
        String text = request.parameter("limit");
        if (text == null) {
            return most;
        }
        boolean integer = text.matches("[+-]?\\d{1,9}");
        int limit = integer ? Integer.parseInt(text) : -1;
        if (limit < least || limit > most) {
            throw new RejectedException(400, "limit must be an integer from %d to %d".formatted(least, most));
        }
        return limit;
    }

    private @Nullable String token(List<Long> keys, boolean more) {
        boolean shown = more
                ? !store.options().has(SipsimQuirk.PAGE_TOKEN_MISSING)
                : store.options().has(SipsimQuirk.PAGE_TOKEN_AT_THE_END) && !keys.isEmpty();
        return shown ? write(keys.getLast()) : null;
    }

    /** Spaces add base64 padding, as in SIPSIM's own sample, so that clients must encode the token. */
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
            return Long.parseLong(SandboxJson.readObject(json).path("id").asString(""));
        } catch (IllegalArgumentException | RejectedException unreadable) {
            throw new RejectedException(400, "page is not a page token");
        }
    }
}
