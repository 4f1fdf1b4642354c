package io.taggateway.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API's paths and who answers each; {@code *} in a pattern stands for one segment of the path. */
public final class Routes {

    private final List<Route> routes = new ArrayList<>();

    /** Whoever answers one route's requests. */
    @FunctionalInterface
    public interface Handler {

        /** Answers a request, given what the pattern's stars stand for, percent-decoded. */
        SandboxReply answer(SandboxRequest request, List<String> ids);
    }

    public Routes add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, List.of(pattern.split("/", -1)), handler));
        return this;
    }

    /** Answers by the first route that fits, or rejects the request with 404. */
    public SandboxReply answer(SandboxRequest request) {
        List<String> segments = List.of(request.path().split("/", -1));
        for (Route route : routes) {
            List<String> ids = route.match(request.method(), segments);
            if (ids != null) {
                return route.handler().answer(request, ids);
            }
        }
        throw new RejectedException(404, "Not found");
    }

    private record Route(String method, List<String> pattern, Handler handler) {

        @Nullable
        List<String> match(String requested, List<String> segments) {
            if (!method.equals(requested) || pattern.size() != segments.size()) {
                return null;
            }
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < pattern.size(); i++) {
                if (pattern.get(i).equals("*")) {
                    ids.add(decode(segments.get(i)));
                } else if (!pattern.get(i).equals(segments.get(i))) {
                    return null;
                }
            }
            return ids;
        }

        /** In a path, unlike in a query, a plus sign is a plus sign. */
        private static String decode(String segment) {
            try {
                return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                throw new RejectedException(400, "Malformed path", malformed);
            }
        }
    }
}
