package io.taggateway.access.http;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sends exactly what a test specifies. */
record HttpCaller(String url) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A GET with parameters, which are encoded; headers are names and values in turn. */
    HttpResponse<String> get(Map<String, String> parameters, String... headers) {
        return send("GET", query(parameters), new byte[0], headers);
    }

    /** A GET of a query with {@code Accept: application/json}. */
    HttpResponse<String> get(String query) {
        return get(Map.of("query", query), "Accept", "application/json");
    }

    HttpResponse<String> post(String body, String... headers) {
        return send("POST", "", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** A POST of a query in the usual form. */
    HttpResponse<String> execute(String query) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("query", query));
        return post(body, "Accept", "application/json", "Content-Type", "application/json");
    }

    HttpResponse<String> send(String method, String query, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/graphql" + query))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The message of the only error of a response without data, whose form is checked. */
    static String refusal(HttpResponse<String> response) {
        JsonNode json = json(response);
        JsonNode error = json.at("/errors/0");
        if (json.has("data")
                || json.path("errors").size() != 1
                || !error.at("/extensions/code").asString().equals("BAD_REQUEST")
                || error.at("/extensions/errorId").asString().length() != 36
                || error.at("/extensions/retryable").asBoolean(true)
                || !header(response, "Cache-Control").equals("no-store")) {
            throw new AssertionError(response.headers() + " " + response.body());
        }
        return error.path("message").asString();
    }

    /** The value of a header; empty if it is absent. */
    static String header(HttpResponse<String> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }
}
