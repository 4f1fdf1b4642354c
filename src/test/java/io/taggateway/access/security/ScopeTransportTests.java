package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of denied fields on each transport, for callers with few scopes. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class ScopeTransportTests {

    private static final String KEY = "a-key-for-tags";

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningGateway gateway = RunningGateway.start(Map.of(
            "GATEWAY_SECURITY_MODE", "api-key", "GATEWAY_API_KEYS", "reader=" + ApiKeyDigest.of(KEY) + ":tags.read"));

    @AfterAll
    void stop() {
        gateway.close();
        http.shutdownNow();
    }

    @Test
    void deniedPartIsNullOverHttpAndTheRestIsReturned() throws IOException, InterruptedException {
        HttpResponse<String> response = post("{ tags { totalCount } calls { totalCount } }", "application/json");
        JsonNode result = JsonMapper.shared().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(result.at("/data/tags/totalCount").asInt()).isPositive();
        assertThat(result.at("/data/calls").isNull()).isTrue();
        assertThat(result.at("/errors/0/extensions/requiredScopes").toString()).isEqualTo("[[\"calls.read\"]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "event stream", "WebSocket"})
    void countsAreNullWithoutTheScopesOfCallsAndContacts(String transport) throws IOException, InterruptedException {
        String document = "{ tagGroups { nodes { name callCount { count } contactCount { count } } }"
                + " tags { nodes { callCount { count } } } }";
        JsonNode result = ask(transport, document);
        JsonNode group = result.at("/data/tagGroups/nodes/0");
        assertThat(group.path("name").asString()).isNotEmpty();
        assertThat(group.path("callCount").isNull()).isTrue();
        assertThat(group.path("contactCount").isNull()).isTrue();
        assertThat(result.at("/data/tags/nodes/0/callCount").isNull()).isTrue();
        assertThat(result.path("errors").findValuesAsString("code"))
                .isNotEmpty()
                .containsOnly("FORBIDDEN");
        assertThat(result.path("errors").toString())
                .contains("[[\"calls.read\"]]")
                .contains("[[\"contacts.read\"]]");
    }

    @Test
    void deniedMutationHasDataNullAndStatus200() throws IOException, InterruptedException {
        String mutation = "mutation { createTag(input: {name: \\\"New\\\"}) { userErrors { code } } }";
        HttpResponse<String> response = post(mutation, "application/graphql-response+json");
        JsonNode result = JsonMapper.shared().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(result.has("data")).isTrue();
        assertThat(result.path("data").isNull()).isTrue();
        assertThat(result.at("/errors/0/extensions/code").asString()).isEqualTo("FORBIDDEN");
    }

    @Test
    void deniedSubscriptionEndsWithAnErrorAndTheWebSocketStaysOpen() throws InterruptedException {
        Listener listener = new Listener();
        WebSocket socket = connect(listener);
        subscribe(socket, "1", "subscription { subjectTagsChanged { at } }");
        JsonNode error = listener.next();
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/payload/0/extensions/code").asString()).isEqualTo("FORBIDDEN");
        subscribe(socket, "2", "{ tags { totalCount } contacts { totalCount } }");
        JsonNode rest = listener.next();
        assertThat(rest.path("type").asString()).isEqualTo("next");
        assertThat(rest.at("/payload/data/contacts").isNull()).isTrue();
        assertThat(rest.at("/payload/data/tags/totalCount").asInt()).isPositive();
        socket.abort();
    }

    private JsonNode ask(String transport, String document) throws IOException, InterruptedException {
        return switch (transport) {
            case "GET" -> {
                String query = URLEncoder.encode(document, StandardCharsets.UTF_8);
                HttpRequest request = request("?query=" + query)
                        .header("GraphQL-Require-Preflight", "1")
                        .build();
                yield JsonMapper.shared()
                        .readTree(http.send(request, BodyHandlers.ofString()).body());
            }
            case "WebSocket" -> {
                Listener listener = new Listener();
                WebSocket socket = connect(listener);
                subscribe(socket, "1", document);
                JsonNode payload = listener.next().path("payload");
                socket.abort();
                yield payload;
            }
            case "event stream" -> {
                String body = post(document, "text/event-stream").body();
                yield JsonMapper.shared()
                        .readTree(body.lines()
                                .filter(line -> line.startsWith("data:{"))
                                .findFirst()
                                .orElseThrow()
                                .substring("data:".length()));
            }
            default ->
                JsonMapper.shared().readTree(post(document, "application/json").body());
        };
    }

    private WebSocket connect(Listener listener) throws InterruptedException {
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .header("X-API-Key", KEY)
                .buildAsync(URI.create(gateway.caller().url().replace("http:", "ws:") + "/graphql"), listener)
                .join();
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        assertThat(listener.next().path("type").asString()).isEqualTo("connection_ack");
        return socket;
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(gateway.caller().url() + "/graphql" + query))
                .header("X-API-Key", KEY);
    }

    private HttpResponse<String> post(String document, String accept) throws IOException, InterruptedException {
        return http.send(
                request("")
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofString("{\"query\": \"" + document + "\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void subscribe(WebSocket socket, String id, String document) {
        socket.sendText(
                        "{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + document + "\"}}",
                        true)
                .join();
    }

    /** Keeps the messages in their order. */
    private static final class Listener implements WebSocket.Listener {

        private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        JsonNode next() throws InterruptedException {
            return JsonMapper.shared().readTree(String.valueOf(messages.poll(20, TimeUnit.SECONDS)));
        }
    }
}
