package io.taggateway.upstream.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request to a vendor.
 *
 * @param operation the name in logs and metrics
 * @param byId whether it reads an object by an id that callers choose, for which a vendor may fail
 * @param template the path below the base URL with the names of its variables, under which requests are measured
 * @param target path and query below the vendor's base URL, encoded
 * @param body written as JSON; null for none
 */
public record UpstreamRequest(
        HttpMethod method,
        Purpose purpose,
        String operation,
        boolean byId,
        String template,
        String target,
        @Nullable Object body) {

    /** The purpose of a request. */
    public enum Purpose {
        /** A read. An earlier response within the operation is used if there is one. */
        READ,
        /** A read of the current state. */
        READ_UNCACHED,
        /** The same request on a new connection, if the response on a pooled one was invalid. */
        READ_ON_NEW_CONNECTION,
        /** A write. */
        WRITE
    }

    /** A GET of a path below the base URL, whose variables are encoded as one path segment each. */
    public static UpstreamRequest get(String operation, String path, String... variables) {
        return new UpstreamRequest(
                HttpMethod.GET, Purpose.READ, operation, variables.length > 0, path, expand(path, variables), null);
    }

    /** A GET of a path whose variables are configured, such as a workspace. */
    public static UpstreamRequest list(String operation, String path, String... variables) {
        return new UpstreamRequest(HttpMethod.GET, Purpose.READ, operation, false, path, expand(path, variables), null);
    }

    /** A read with a body. */
    public static UpstreamRequest search(String operation, Object body, String path, String... variables) {
        return new UpstreamRequest(
                HttpMethod.POST, Purpose.READ, operation, false, path, expand(path, variables), body);
    }

    /** A request that changes something. */
    public static UpstreamRequest write(
            HttpMethod method, String operation, @Nullable Object body, String path, String... variables) {
        return new UpstreamRequest(method, Purpose.WRITE, operation, false, path, expand(path, variables), body);
    }

    /** This request, to be sent even if the operation already has a response. */
    public UpstreamRequest asOfNow() {
        return new UpstreamRequest(method, Purpose.READ_UNCACHED, operation, byId, template, target, body);
    }

    /** This request, to be sent on a new connection. */
    public UpstreamRequest onNewConnection() {
        return new UpstreamRequest(method, Purpose.READ_ON_NEW_CONNECTION, operation, byId, template, target, body);
    }

    /** This request with a query parameter, which is omitted if its value is null. */
    public UpstreamRequest with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        char separator = target.indexOf('?') < 0 ? '?' : '&';
        String encoded = UriUtils.encode(value.toString(), StandardCharsets.UTF_8);
        return new UpstreamRequest(
                method, purpose, operation, byId, template, target + separator + name + '=' + encoded, body);
    }

    /**
     * Whether the request may be repeated if its first response is lost. This holds for reads and for idempotent
     * writes.
     */
    public boolean isRepeatable() {
        return purpose != Purpose.WRITE || method.equals(HttpMethod.PUT) || method.equals(HttpMethod.DELETE);
    }

    UpstreamTransport.Request at(String baseUrl, Credentials.Header header) {
        return new UpstreamTransport.Request(
                method,
                template,
                URI.create(baseUrl + target),
                header,
                body == null ? null : Body.json(body),
                isRepeatable(),
                purpose == Purpose.READ_ON_NEW_CONNECTION);
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

    /** The body of a request. */
    record Body(String type, String text) {

        private static final JsonMapper JSON = JsonMapper.shared();

        static Body json(Object value) {
            return new Body(MediaType.APPLICATION_JSON_VALUE, JSON.writeValueAsString(value));
        }

        static Body form(Map<String, String> fields) {
            String encoded = fields.entrySet().stream()
                    .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                    .collect(Collectors.joining("&"));
            return new Body(MediaType.APPLICATION_FORM_URLENCODED_VALUE, encoded);
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
