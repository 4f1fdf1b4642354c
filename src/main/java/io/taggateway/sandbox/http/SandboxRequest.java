package io.taggateway.sandbox.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as a played vendor received it, path and query still percent-encoded.
 *
 * @param query without its question mark, empty if there was none
 * @param headers by name, in any letter case
 */
public record SandboxRequest(String method, String path, String query, Map<String, List<String>> headers, String body) {

    public @Nullable String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Answers the decoded value of the first query parameter of that name. */
    public @Nullable String parameter(String name) {
        return FormFields.parse(query).get(name);
    }
}
