package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the rate limit of callers with API keys. Each test uses its own callers, or addresses behind a proxy. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class CallerRateLimitTests {

    private static final String QUERY = "{ vendors { vendor } }";
    private static final List<String> CALLERS = List.of(
            "posts", "json", "graphql", "others", "streams", "sockets", "readers", "costs", "batch", "listens", "knows",
            "repeats", "recosts", "warms", "refunds");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RunningGateway gateway = RunningGateway.start(variables(), clock);

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(Map.of(
                "GATEWAY_SECURITY_MODE", "api-key",
                "GATEWAY_LIMITS_CALLER_REQUESTS_PER_MINUTE", "3",
                "GATEWAY_LIMITS_CALLER_COST_PER_MINUTE", "1000",
                "GATEWAY_LIMITS_CALLER_MAX_CONNECTIONS", "1",
                "GATEWAY_LIMITS_ADDRESS_FAILED_AUTHENTICATIONS_PER_MINUTE", "2",
                "SERVER_FORWARD_HEADERS_STRATEGY", "framework"));
        for (String name : CALLERS) {
            variables.put("gateway.security.api-keys." + name + ".sha256", ApiKeyDigest.of(key(name)));
            variables.put("gateway.security.api-keys." + name + ".scopes", "tags.read,calls.read,contacts.read");
        }
        variables.put("gateway.security.api-keys.batch.requests-per-minute", "5");
        return variables;
    }

    private static String key(String name) {
        return "the-key-of-" + name;
    }

    @AfterAll
    void stop() {
        gateway.close();
        http.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"json, application/json", "graphql, application/graphql-response+json"})
    void refusesTheOperationThatExceedsTheRateLimit(String name, String accepted)
            throws IOException, InterruptedException {
        assertThat(post(name, QUERY, "Accept", accepted).headers().firstValue("RateLimit"))
                .hasValueSatisfying(state -> assertThat(state).startsWith("\"requests\";r=2;t=20, \"cost\";r="));
        post(name, QUERY);
        post(name, QUERY);
        HttpResponse<String> refused = post(name, QUERY, "Accept", accepted);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).contains(accepted);
        assertThat(refused.headers().firstValue("Retry-After")).contains("20");
        assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(refused.headers().firstValue("RateLimit-Policy"))
                .contains("\"requests\";q=3;w=60, \"cost\";q=1000;w=60");
        assertThat(refused.headers().firstValue("RateLimit")).contains("\"requests\";r=0;t=20");
        JsonNode body = JsonMapper.shared().readTree(refused.body());
        assertThat(body.has("data")).isFalse();
        assertThat(body.at("/errors/0/extensions/code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(body.at("/errors/0/extensions/retryAfterSeconds").asInt()).isEqualTo(20);
        assertThat(post("others", QUERY).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(20));
        assertThat(post(name, QUERY).statusCode()).isEqualTo(200);
        assertThat(post(name, QUERY).statusCode()).isEqualTo(429);
    }

    @Test
    void queriesByGetAreCounted() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            assertThat(get("readers").statusCode()).isEqualTo(200);
        }
        assertThat(get("readers").statusCode()).isEqualTo(429);
        assertThat(post("readers", QUERY).statusCode()).isEqualTo(429);
    }

    @Test
    void operationsOfEventStreamsAreCounted() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            assertThat(post("streams", QUERY, "Accept", "text/event-stream").body())
                    .contains("\"vendors\"");
        }
        HttpResponse<String> refused = post("streams", QUERY, "Accept", "text/event-stream");
        assertThat(refused.body()).contains("RATE_LIMIT_EXCEEDED", "\"retryAfterSeconds\":20", "event:complete");
        assertThat(post("streams", QUERY).statusCode()).isEqualTo(429);
    }

    @Test
    void operationsOfAWebSocketAreCounted() throws IOException, InterruptedException {
        Messages messages = new Messages();
        WebSocket socket = connect("sockets", messages);
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        for (int i = 0; i < 4; i++) {
            int id = i;
            socket.sendText(subscribe(id), true).join();
            await().until(() -> messages.received.stream().anyMatch(text -> ends(text, id)));
        }
        assertThat(messages.received.getLast())
                .contains("\"type\":\"error\"", "RATE_LIMIT_EXCEEDED", "\"retryAfterSeconds\":20");
        assertThat(messages.received)
                .filteredOn(text -> text.contains("\"next\""))
                .hasSize(3);
        assertThat(post("sockets", QUERY).statusCode()).isEqualTo(429);
        socket.abort();
    }

    private static String subscribe(int id) {
        return "{\"id\":\"%d\",\"type\":\"subscribe\",\"payload\":{\"query\":\"%s\"}}".formatted(id, QUERY);
    }

    private static boolean ends(String message, int id) {
        JsonNode json = JsonMapper.shared().readTree(message);
        return json.path("id").asString("").equals(Integer.toString(id))
                && !json.path("type").asString().equals("next");
    }

    @Test
    void refusesAnOperationThatCostsTooMuch() throws IOException, InterruptedException {
        String large = "{ tags(first: 700) { nodes { id } } }";
        assertThat(post("costs", large).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = post("costs", large);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("RATE_LIMIT_EXCEEDED").doesNotContain("\"data\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(post("costs", QUERY).statusCode()).isEqualTo(200);
    }

    @Test
    void cachedResponsesAreCounted() throws IOException, InterruptedException {
        String repeated = "{ tags { totalCount } }";
        for (int left = 2; left >= 0; left--) {
            HttpResponse<String> response = post("repeats", repeated);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("RateLimit").orElseThrow())
                    .startsWith("\"requests\";r=" + left + ";");
        }
        assertThat(post("repeats", repeated).statusCode()).isEqualTo(429);
        assertThat(hits()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void cachedResponseThatCostsTooMuchIsChargedAsOneRequest() throws IOException, InterruptedException {
        String large = "{ tags(first: 701) { nodes { id } } }";
        double before = hits();
        // So that the list is loaded before the first response, and not in the background
        clock.advance(Duration.ofMinutes(10));
        post("warms", large);
        assertThat(post("refunds", large).statusCode()).isEqualTo(200);
        assertThat(hits()).isGreaterThan(before);
        assertThat(post("refunds", large).statusCode()).isEqualTo(429);
        assertThat(post("refunds", QUERY).statusCode()).isEqualTo(200);
    }

    @Test
    void cachedResponsesHaveTheSameCost() throws IOException, InterruptedException {
        String large = "{ tags(first: 480) { nodes { id } } }";
        assertThat(post("recosts", large).statusCode()).isEqualTo(200);
        assertThat(post("recosts", large).statusCode()).isEqualTo(200);
        assertThat(post("recosts", large).statusCode()).isEqualTo(429);
    }

    /** The number of cached responses that were sent. */
    private double hits() {
        return gateway.context()
                .getBean(MeterRegistry.class)
                .get("taggateway.response.cache.requests")
                .tag("outcome", "hit")
                .counter()
                .count();
    }

    @Test
    void limitOfOneKeyCanBeConfigured() throws IOException, InterruptedException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(post("batch", QUERY).statusCode());
        }
        assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 429);
    }

    @Test
    void refusesConnectionsOverTheLimitOfACaller() throws IOException, InterruptedException {
        Messages accepted = new Messages();
        WebSocket first = connect("listens", accepted);
        first.sendText("{\"type\":\"connection_init\"}", true).join();
        await().until(() -> accepted.received.size() == 1);
        Messages refused = new Messages();
        connect("listens", refused);
        await().until(() -> refused.closedWith == 1013);
        assertThat(post("listens", QUERY, "Accept", "text/event-stream").body())
                .contains("SUBSCRIPTION_LIMIT_EXCEEDED");
        Messages other = new Messages();
        WebSocket ofAnother = connect("others", other);
        ofAnother.sendText("{\"type\":\"connection_init\"}", true).join();
        await().until(() -> other.received.size() == 1);
        ofAnother.abort();
        first.abort();
        await().until(() ->
                post("listens", QUERY, "Accept", "text/event-stream").body().contains("\"vendors\""));
    }

    @Test
    void countsConnectionsThatAuthenticateByPayloadForTheirCaller() {
        WebSocket byHeaders = connect("listens", new Messages());
        Messages refused = new Messages();
        initialize(key("listens"), "192.0.2.7", refused);
        await().until(() -> refused.closedWith == 1013);
        assertThat(refused.received).isEmpty();
        byHeaders.abort();
        Messages[] accepted = {new Messages()};
        WebSocket[] byPayload = {initialize(key("listens"), "192.0.2.7", accepted[0])};
        await().until(() -> {
            if (accepted[0].closedWith == 1013) {
                accepted[0] = new Messages();
                byPayload[0] = initialize(key("listens"), "192.0.2.7", accepted[0]);
            }
            return accepted[0].received.size() == 1;
        });
        Messages second = new Messages();
        connect("listens", second);
        await().until(() -> second.closedWith == 1013);
        byPayload[0].abort();
    }

    @Test
    void refusesFailedInitializationsOverTheLimitOfAnAddress() throws IOException, InterruptedException {
        for (int code : new int[] {4401, 4401, 4429, 4429}) {
            Messages messages = new Messages();
            initialize("guessed", "192.0.2.3", messages);
            await().until(() -> messages.closedWith != 0);
            assertThat(messages.closedWith).isEqualTo(code);
            assertThat(messages.received).isEmpty();
        }
        assertThat(failed("/graphql", "192.0.2.3").statusCode()).isEqualTo(429);
        assertThat(failed("/graphql", "192.0.2.4").statusCode()).isEqualTo(401);
        Messages valid = new Messages();
        WebSocket socket = initialize(key("knows"), "192.0.2.3", valid);
        await().until(() -> valid.received.size() == 1);
        socket.abort();
    }

    private WebSocket initialize(String key, String address, Messages messages) {
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .header("X-Forwarded-For", address)
                .buildAsync(URI.create(gateway.caller().url().replace("http:", "ws:") + "/graphql"), messages)
                .join();
        socket.sendText("{\"type\":\"connection_init\",\"payload\":{\"X-API-Key\":\"" + key + "\"}}", true)
                .join();
        return socket;
    }

    @Test
    void refusesFailedAuthenticationsOverTheLimitOfAnAddress() throws IOException, InterruptedException {
        for (String path : List.of("/graphql", "/graphql/schema")) {
            assertThat(failed(path, "192.0.2.1").statusCode()).isEqualTo(401);
        }
        for (String path : List.of("/graphql", "/graphql/schema")) {
            HttpResponse<String> refused = failed(path, "192.0.2.1");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("30");
            assertThat(refused.headers().firstValue("RateLimit-Policy"))
                    .contains("\"failed-authentications\";q=2;w=60");
            assertThat(refused.body())
                    .contains("RATE_LIMIT_EXCEEDED", "Too many requests from this address failed to authenticate.");
        }
        assertThat(failed("/graphql", "192.0.2.2").statusCode()).isEqualTo(401);
        assertThat(post("knows", QUERY, "X-Forwarded-For", "192.0.2.1").statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> failed(String path, String address) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.caller().url() + path))
                        .header("X-API-Key", "guessed")
                        .header("X-Forwarded-For", address)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String name, String query, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(gateway.caller().url() + "/graphql"))
                .header("Content-Type", "application/json")
                .header("X-API-Key", key(name))
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", query))));
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String name) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.caller().url() + "/graphql?query=%7B__typename%7D"))
                        .header("Accept", "application/json")
                        .header("X-API-Key", key(name))
                        .build(),
                BodyHandlers.ofString());
    }

    private WebSocket connect(String name, Messages messages) {
        URI address = URI.create(gateway.caller().url().replace("http:", "ws:") + "/graphql");
        return http.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .header("X-API-Key", key(name))
                .buildAsync(address, messages)
                .join();
    }

    private static final class Messages implements WebSocket.Listener {

        private final List<String> received = new CopyOnWriteArrayList<>();
        private final StringBuilder message = new StringBuilder();
        private volatile int closedWith;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                received.add(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closedWith = status;
            return null;
        }
    }
}
