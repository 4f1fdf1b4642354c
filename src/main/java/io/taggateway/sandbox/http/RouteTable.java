package io.taggateway.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.util.StringUtils;

/** The paths of an API and their handlers; {@code *} in a pattern matches one segment of the path. */
public final class RouteTable {

    private final List<Route> routes = new ArrayList<>();

    /** Handles the requests of one route. */
    @FunctionalInterface
    public interface Handler {

        /** Handles a request, given the decoded segments that match the pattern's stars. */
        SandboxReply handle(SandboxRequest request, List<String> ids);
    }

    public RouteTable add(String method, String pattern, Handler handler) {
        routes.add(new Route(Pattern.compile(method + " " + pattern.replace("*", "([^/]*)")), handler));
        return this;
    }

    /** Handles a request by the first matching route, or rejects it with 404. */
    public SandboxReply handle(SandboxRequest request) {
        for (Route route : routes) {
            Matcher matcher = route.pattern().matcher(request.method() + " " + request.path());
            if (matcher.matches()) {
                return route.handler().handle(request, ids(matcher));
            }
        }
        throw new RejectedException(404, "Not found");
    }

    private static List<String> ids(MatchResult match) {
        try {
            return IntStream.rangeClosed(1, match.groupCount())
                    .mapToObj(group -> StringUtils.uriDecode(match.group(group), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(400, "Malformed path");
        }
    }

    private record Route(Pattern pattern, Handler handler) {}
}
