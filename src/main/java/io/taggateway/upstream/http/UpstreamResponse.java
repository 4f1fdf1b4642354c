package io.taggateway.upstream.http;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A response to a request over HTTP.
 *
 * @param json the JSON object in the body; null if it contains anything else, or the status is not 2xx
 * @param connection closes the connection that it came on
 */
record UpstreamResponse(
        int status, HttpHeaders headers, @Nullable VendorJson json, Runnable connection) {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([^\"';,\\s]+)");

    boolean is2xx() {
        return status >= 200 && status < 300;
    }

    boolean isRedirect() {
        return REDIRECTS.contains(status);
    }

    /** Where it redirects to below the origin of the request; null if it does not. */
    @Nullable
    URI sameOriginRedirect(URI request) {
        URI target = isRedirect() ? target(request) : null;
        return target != null && origin(target).equals(origin(request)) ? target : null;
    }

    /** The origin that it redirects to, for the log. */
    String redirectOrigin(URI request) {
        URI target = target(request);
        return target == null ? "nowhere" : origin(target);
    }

    /** The JSON object in a body, in the charset that its headers declare; null if it contains anything else. */
    static @Nullable VendorJson parse(HttpHeaders headers, byte[] body) {
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        Matcher declared = CHARSET.matcher(type == null ? "" : type);
        Charset charset = declared.find() ? charset(declared.group(1)) : StandardCharsets.UTF_8;
        return VendorJson.parse(
                charset.equals(StandardCharsets.UTF_8)
                        ? body
                        : new String(body, charset).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable URI target(URI request) {
        try {
            String location = headers.getFirst(HttpHeaders.LOCATION);
            return location == null || location.isBlank() ? null : request.resolve(location.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String origin(URI uri) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() == -1 ? (https ? 443 : 80) : uri.getPort();
        return (uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
