package io.taggateway.support;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A second simulation of both vendors, written from the vendors' documentation and not from the sandbox. It has few
 * optional fields, unknown fields, other ids and orders, and pages that are short, capped, without counts and end in
 * unusual ways.
 */
public final class IndependentVendorServer implements AutoCloseable {

    public static final String WORKSPACE = "6660175570fbd8a9c22bedfb";

    private static final int SMALL_PAGE = 3;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    private IndependentVendorServer() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(this::handle)
                .bindNow();
    }

    public static IndependentVendorServer start() {
        return new IndependentVendorServer();
    }

    /** The configuration of a gateway before these vendors. */
    public Map<String, String> properties() {
        String origin = "http://127.0.0.1:" + server.port();
        return Map.of(
                "GATEWAY_SECURITY_MODE",
                "none",
                "SIPSIM_BASE_URL",
                origin + "/fr/api/v2",
                "SIPSIM_ACCESS_TOKEN",
                "odd-token",
                "SWIPEONE_BASE_URL",
                origin + "/api",
                "SWIPEONE_API_KEY",
                "odd-key",
                "SWIPEONE_WORKSPACE_ID",
                WORKSPACE);
    }

    /** The methods and paths of all requests to both. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        String path = UriComponentsBuilder.fromUriString(request.uri()).build().getPath();
        requests.add(request.method() + " " + path);
        Map<String, String> query =
                UriComponentsBuilder.fromUriString(request.uri())
                        .build()
                        .getQueryParams()
                        .toSingleValueMap()
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> decoded(entry.getValue())));
        return request.receive().aggregate().asString().defaultIfEmpty("{}").flatMap(body -> {
            String result = answer(
                    request, String.valueOf(path), query, JsonMapper.shared().readTree(body));
            return result == null
                    ? response.status(404).send().then()
                    : response.header("Content-Type", "text/plain")
                            .sendString(Mono.just(result))
                            .then();
        });
    }

    private static String decoded(@Nullable String text) {
        return text == null ? "" : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static @Nullable String answer(
            HttpServerRequest request, String path, Map<String, String> query, JsonNode body) {
        boolean sipsim = "Bearer odd-token".equals(request.requestHeaders().get("Authorization"));
        boolean swipeone = "odd-key".equals(request.requestHeaders().get("x-api-key"));
        if (sipsim && path.startsWith("/fr/api/v2/")) {
            return sipsim(path.substring("/fr/api/v2".length()), query);
        }
        return swipeone && path.startsWith("/api/") ? swipeone(path.substring("/api".length()), query, body) : null;
    }

    // SIPSIM: call ids are texts, tags inside calls may be left out, no request_id, no pagination on what has one page

    private static @Nullable String sipsim(String path, Map<String, String> query) {
        if (path.equals("/tags")) {
            return sipsimTags(query.get("page"));
        }
        if (path.equals("/calls")) {
            return query.containsKey("start_time") ? calls(query) : null;
        }
        if (path.equals("/calls/call_7/tags")) {
            return "{\"data\": [{\"id\": 900719925474, \"name\": \"VIP\", \"color\": \"8b5cf6\"}, {\"name\": \"no"
                    + " id\"}]}";
        }
        return path.matches("/calls/call_[0-9]+")
                ? "{\"data\": " + call(Integer.parseInt(path.substring("/calls/call_".length()))) + "}"
                : null;
    }

    /** Pages of two items; the last token leads back to an earlier page. */
    private static String sipsimTags(@Nullable String page) {
        if (page == null) {
            return """
                {"status": 200, "data": [{"id": 900719925474, "name": "VIP", "color": "8b5cf6", "usage": {"calls": 3}},
                  {"id": 7, "name": "étiquette", "color": null}],
                 "pagination": {"count": 2, "has_more": true, "page": "a+b/c=="}}\
                """;
        }
        return """
            {"status": 200, "data": [{"id": 8, "name": "  ", "color": "hotpink", "description": ""},
              {"id": 7, "name": "étiquette"}, "nonsense", null],
             "pagination": {"count": 2, "has_more": true, "page": "%s"}}\
            """.formatted(page.equals("a+b/c==") ? page : "lost");
    }

    /** At most three items a page, whatever the requested limit. */
    private static String calls(Map<String, String> query) {
        String page = query.get("page");
        int from = page == null
                ? 1
                : Integer.parseInt(new String(Base64.getDecoder().decode(page), StandardCharsets.UTF_8));
        List<Integer> all = IntStream.rangeClosed(1, 10)
                .filter(number -> matches(number, query))
                .boxed()
                .toList();
        List<Integer> rest = all.stream().filter(number -> number >= from).toList();
        List<Integer> shown = rest.stream().limit(SMALL_PAGE).toList();
        boolean more = rest.size() > SMALL_PAGE;
        String token = more
                ? Base64.getEncoder()
                        .encodeToString(rest.get(SMALL_PAGE).toString().getBytes(StandardCharsets.UTF_8))
                : "";
        return "{\"data\": [%s], \"pagination\": {\"has_more\": %s, \"page\": \"%s\"}, \"meta\": {\"region\": \"fr\"}}"
                .formatted(
                        shown.stream().map(IndependentVendorServer::call).collect(Collectors.joining(",")),
                        more,
                        token);
    }

    private static boolean matches(int number, Map<String, String> query) {
        String tags = query.getOrDefault("tags", "");
        String types = query.getOrDefault("call_types", "");
        String search = query.getOrDefault("search", "");
        boolean tagged = number % 2 == 1 && number != 7;
        return (tags.isEmpty() || (tagged && Arrays.asList(tags.split(",", -1)).contains("900719925474")))
                && (types.isEmpty() || Arrays.asList(types.split(",", -1)).contains(number == 4 ? "missed" : "inbound"))
                && (search.isEmpty() || (number == 2 && "+442079460000".equals(search)));
    }

    private static String call(int number) {
        return switch (number) {
            case 2 ->
                "{\"id\": \"call_2\", \"direction\": \"incoming\", \"caller_number\": \"0044 20 7946 0000\"}"
                        .replace("0044", "+44");
            case 4 -> "{\"id\": \"call_4\", \"call_type\": \"missed\", \"duration_sec\": null, \"tags\": []}";
            case 6 -> "{\"id\": \"call_6\", \"call_type\": \"conference\", \"duration_sec\": \"61\", \"tags\": null}";
            case 7 ->
                "{\"id\": \"call_7\", \"direction\": \"outbound\", \"start_time\": \"2026-11-01T10:00:00+02:00\"}";
            default ->
                "{\"id\": \"call_%d\", \"call_type\": \"Inbound\", \"duration_sec\": %d, \"tags\": %s, \"sentiment\": 0.5}"
                        .formatted(
                                number,
                                number * 100,
                                number % 2 == 1 ? "[{\"id\": 900719925474, \"name\": \"VIP\"}]" : "[]");
        };
    }

    // Swipe One: wrong or missing counts, listings without ids and tags, phones in parts, a repeated token

    private static @Nullable String swipeone(String path, Map<String, String> query, JsonNode body) {
        String workspace = "/workspaces/" + WORKSPACE;
        if (path.equals(workspace + "/tags")) {
            return """
                {"status": "success", "data": {"count": 99, "tags": [
                  {"_id": "6682840d9286aa59ee3d4181", "label": "VIP", "name": "vip_old", "color": "#FF5733", "__v": 0,
                   "createdBy": {"id": "u1", "name": "Ann", "type": "user"}},
                  {"_id": "6682840d9286aa59ee3d4182", "name": "user.marketing.opted_out"}]}}\
                """;
        }
        if (path.equals("/tags/6682840d9286aa59ee3d4183")) {
            return "{\"status\": \"success\", \"data\": {\"tag\": {\"_id\": \"6682840d9286aa59ee3d4183\", \"label\":"
                    + " \"Late\"}}}";
        }
        if (path.equals(workspace + "/contacts")) {
            return contacts(all(query.getOrDefault("searchText", ""), false), query.get("searchAfter"));
        }
        if (path.equals("/tags/6682840d9286aa59ee3d4181/contacts")) {
            return contacts(all("", true), query.get("searchAfter"));
        }
        if (path.equals(workspace + "/contacts/search")) {
            return contacts(found(body), body.path("searchAfter").asString(null));
        }
        return path.startsWith("/contacts/c")
                ? "{\"status\": \"success\", \"data\": {\"contact\": %s}}"
                        .formatted(contact(Integer.parseInt(path.substring(11))))
                : null;
    }

    private static List<String> all(String search, boolean listedByTag) {
        return IntStream.rangeClosed(1, 7)
                .filter(number -> search.isEmpty() || ("user" + number + "@example.com").contains(search))
                .filter(number -> !listedByTag || number <= 5)
                .mapToObj(number -> listedByTag
                        ? "{\"name\": \"User %1$d\", \"email\": \"user%1$d@example.com\"}".formatted(number)
                        : contact(number))
                .toList();
    }

    /** Searches for exact values, without the operator {@code contains}. */
    private static List<String> found(JsonNode body) {
        Set<String> values = body.at("/filter/predicates")
                .valueStream()
                .filter(predicate -> predicate.path("operator").asString().equals("is"))
                .map(predicate -> predicate.path("value").asString())
                .collect(Collectors.toSet());
        return IntStream.rangeClosed(1, 7)
                .filter(number -> values.contains("user" + number + "@example.com")
                        || (number == 2 && values.contains("+442079460000")))
                .mapToObj(IndependentVendorServer::contact)
                .toList();
    }

    /** Three items a page, whatever the requested limit; the last token repeats with an empty page. */
    private static String contacts(List<String> all, @Nullable String token) {
        int from = token == null ? 0 : Integer.parseInt(token.substring(2));
        List<String> shown = all.stream().skip(from).limit(SMALL_PAGE).toList();
        int to = from + shown.size();
        List<String> fields = new ArrayList<>(
                Stream.of("\"contacts\": [" + String.join(",", shown) + "]").toList());
        fields.add("\"searchAfter\": \"t=" + to + "\"");
        fields.add("\"searchBefore\": null");
        return "{\"status\": \"success\", \"data\": {" + String.join(", ", fields) + "}}";
    }

    private static String contact(int number) {
        return switch (number) {
            case 1 ->
                "{\"_id\": \"c1\", \"email\": \"user1@example.com\", \"lastName\": \" \", \"tags\": [{\"name\":"
                        + " \"vip_old\"}, \"gone\", null]}";
            case 2 ->
                "{\"_id\": \"c2\", \"fullName\": \"User Two\", \"phone\": {\"countryCode\": \"44\", \"number\": \"020"
                        + " 7946 0000\"}, \"tags\": [\"vip_old\"]}";
            case 3 ->
                "{\"_id\": \"c3\", \"firstName\": \"Three\", \"phone\": \"call me\", \"createdAt\": \"yesterday\"}";
            default ->
                "{\"_id\": \"c%1$d\", \"email\": \"user%1$d@example.com\", \"tags\": null, \"score\": {\"x\": [1]}}"
                        .formatted(number);
        };
    }
}
