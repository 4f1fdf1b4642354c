package io.taggateway.upstream;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriUtils;

/**
 * One request to a vendor.
 *
 * @param operation a word for it in logs and metrics
 * @param target path and query below the vendor's base URL, encoded
 * @param body written as JSON; null for none
 */
public record UpstreamRequest(
        HttpMethod method,
        String operation,
        String target,
        @Nullable Object body) {

    /** A GET of a path below the base URL, whose variables are encoded as one path segment each. */
    public static UpstreamRequest get(String operation, String path, String... variables) {
        return new UpstreamRequest(HttpMethod.GET, operation, expand(path, variables), null);
    }

    /** A POST of a JSON body. */
    public static UpstreamRequest post(String operation, Object body, String path, String... variables) {
        return new UpstreamRequest(HttpMethod.POST, operation, expand(path, variables), body);
    }

    /** This request with a query parameter, left out where its value is null. */
    public UpstreamRequest with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        char separator = target.indexOf('?') < 0 ? '?' : '&';
        String encoded = UriUtils.encode(value.toString(), StandardCharsets.UTF_8);
        return new UpstreamRequest(method, operation, target + separator + name + '=' + encoded, body);
    }

    private static String expand(String path, String... variables) {
        String expanded = path;
        for (String variable : variables) {
            String encoded = UriUtils.encode(variable, StandardCharsets.UTF_8);
            int start = expanded.indexOf('{');
            int end = expanded.indexOf('}', start);
            expanded = expanded.substring(0, start) + encoded + expanded.substring(end + 1);
        }
        return expanded;
    }
}
