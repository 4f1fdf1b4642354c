package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Vendor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of callers with and without API keys on each path. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class ApiKeyTests {

    private static final String KEY = "a-key-of-the-reader";
    private static final String ROTATED = "the-next-key-of-the-reader";
    private static final String EXPIRED = "an-expired-key";
    private static final String OPERATOR = "a-key-of-the-operator";
    private static final String ORIGIN = "https://app.example.com";
    private static final String QUERY = "{\"query\": \"{ vendors { vendor } }\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningGateway gateway = RunningGateway.start(variables());

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("GATEWAY_SECURITY_MODE", "api-key");
        variables.put("GATEWAY_API_KEYS", "operator=" + ApiKeyDigest.of(OPERATOR) + ":admin+schema.read");
        variables.put("gateway.security.api-keys.reader.sha256", ApiKeyDigest.of(KEY) + "," + ApiKeyDigest.of(ROTATED));
        variables.put("gateway.security.api-keys.reader.scopes", "tags.read, calls.read");
        variables.put("gateway.security.api-keys.old.sha256", ApiKeyDigest.of(EXPIRED));
        variables.put("gateway.security.api-keys.old.scopes", "tags.read");
        variables.put(
                "gateway.security.api-keys.old.expires-at",
                Instant.now().minusSeconds(1).toString());
        variables.put("SERVER_ADDRESS", "0.0.0.0");
        variables.put("spring.graphql.cors.allowed-origins", ORIGIN);
        variables.put("spring.graphql.cors.allowed-headers", "X-API-Key");
        variables.put("spring.graphql.cors.allowed-methods", "GET,POST");
        return variables;
    }

    @AfterAll
    void stop() {
        gateway.close();
        http.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({KEY + ", 403", OPERATOR + ", 204"})
    void cachesAreInvalidatedByOperatorsOnly(String key, int status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.caller().url() + "/admin/caches/invalidate"))
                .header("X-API-Key", key)
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, ROTATED, OPERATOR})
    void requestOfACallerWithAKeyIsExecuted(String key) throws IOException, InterruptedException {
        HttpResponse<String> response = post("X-API-Key", key);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(get("/graphql?query=%7B__typename%7D", "X-API-Key", key).statusCode())
                .isEqualTo(200);
    }

    static Stream<List<String>> badCredentials() {
        return Stream.of(
                List.of("Send an API key in the header `X-API-Key`."),
                List.of("Send an API key in the header `X-API-Key`.", "Authorization", "Bearer " + KEY),
                List.of("The API key is unknown.", "X-API-Key", KEY + "x"),
                List.of("The API key is unknown.", "X-API-Key", ApiKeyDigest.of(KEY)),
                List.of("The API key has expired.", "X-API-Key", EXPIRED),
                List.of("Send one credential only.", "X-API-Key", KEY, "X-API-Key", OPERATOR));
    }

    @ParameterizedTest
    @MethodSource("badCredentials")
    void callerWithoutAValidKeyIsRejected(List<String> row) throws IOException, InterruptedException {
        String[] headers = row.stream().skip(1).toArray(String[]::new);
        assertRejected(post(headers), row.getFirst());
        assertRejected(get("/graphql?query=%7B__typename%7D", headers), row.getFirst());
        assertRejected(get("/graphql/schema", headers), row.getFirst());
        assertRejected(get("/actuator", headers), row.getFirst());
        assertRejected(get("/actuator/health", headers), row.getFirst());
        assertRejected(get("/actuator/prometheus", headers), row.getFirst());
        assertRejected(get("/no-such-path", headers), row.getFirst());
        HttpResponse<String> stream = send(request("/graphql", headers)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"query\": \"subscription { tagChanged { change } }\"}")));
        assertRejected(stream, row.getFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "/graphql/schema, schema.read",
        "/graphql/schema.graphqls, schema.read",
        "/actuator, admin",
        "/actuator/prometheus, admin"
    })
    void pathIsForbiddenWithoutItsScope(String path, String scope) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path, "X-API-Key", KEY);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(json(response).at("/errors/0/extensions/code").asString()).isEqualTo("FORBIDDEN");
        assertThat(json(response).at("/errors/0/message").asString())
                .isEqualTo("The scope `" + scope + "` is required.");
        assertThat(get(path, "X-API-Key", OPERATOR).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/livez, 200",
        "/readyz, 200",
        "/graphiql, 200",
        "/graphiql/graphiql.js, 200",
        "/, 200",
        "/overview/api.js, 200"
    })
    void pathIsOpenToEveryone(String path, int status) throws IOException, InterruptedException {
        assertThat(get(path).statusCode()).isEqualTo(status);
        assertThat(get(path, "X-API-Key", "unknown").statusCode()).isEqualTo(status);
    }

    /** Preflight requests have no credentials. Without the CORS header, the page could not read the status. */
    @Test
    void pageOfAnAllowedOriginCanReadTheRejection() {
        gateway.caller()
                .http()
                .options()
                .uri("/graphql")
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "X-API-Key")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN);
        gateway.caller()
                .http()
                .post()
                .uri("/graphql")
                .header("Origin", ORIGIN)
                .bodyValue(Map.of("query", "{ __typename }"))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN);
    }

    @Test
    void webhookNeedsOnlyItsSignature() throws IOException, InterruptedException {
        HttpResponse<String> response = send(request("/webhooks/sipsim").POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(get("/webhooks/sipsim").statusCode()).isEqualTo(401);
    }

    private void assertRejected(HttpResponse<String> response, String message) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("ApiKey realm=\"tag-gateway\"");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        JsonNode error = json(response).at("/errors/0");
        assertThat(error.path("message").asString()).isEqualTo(message);
        assertThat(error.at("/extensions/code").asString()).isEqualTo("UNAUTHENTICATED");
        assertThat(error.at("/extensions/errorId").asString()).hasSize(36);
        assertThat(response.body()).doesNotContain("data", KEY);
    }

    private HttpResponse<String> post(String... headers) throws IOException, InterruptedException {
        return send(request("/graphql", headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(QUERY)));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(
                request(path, headers).header("Accept", "application/json, */*").GET());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.caller().url() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
