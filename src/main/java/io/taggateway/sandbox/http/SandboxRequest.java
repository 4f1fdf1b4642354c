package io.taggateway.sandbox.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to a simulated vendor. Path and query are still percent-encoded.
 *
 * @param query the query without its question mark; empty if there was none
 * @param headers the headers by name, in any letter case
 */
public record SandboxRequest(String method, String path, String query, Map<String, List<String>> headers, String body) {

    private static final int MOST_FIELDS = 1024;

    public @Nullable String header(String name) {
        return first(headers, name);
    }

    /** The decoded value of the first query parameter of that name. */
    public @Nullable String parameter(String name) {
        return first(fields(query), name);
    }

    /** The decoded value of the first field of that name in a form body. */
    public @Nullable String formField(String name) {
        return first(fields(body), name);
    }

    private static Map<String, List<String>> fields(String text) {
        try {
            return new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_FIELDS, true).parameters();
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(400, "Malformed percent-encoding");
        }
    }

    private static @Nullable String first(Map<String, List<String>> values, String name) {
        List<String> found = values.getOrDefault(name, List.of());
        return found.isEmpty() ? null : found.getFirst();
    }
}
