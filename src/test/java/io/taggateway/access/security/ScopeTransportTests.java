package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
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
        JsonNode answer = JsonMapper.shared().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.at("/data/tags/totalCount").asInt()).isPositive();
        assertThat(answer.at("/data/calls").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/requiredScopes").toString()).isEqualTo("[[\"calls.read\"]]");
    }

    @Test
    void deniedMutationHasDataNullAndStatus200() throws IOException, InterruptedException {
        String mutation = "mutation { createTag(input: {name: \\\"New\\\"}) { userErrors { code } } }";
        HttpResponse<String> response = post(mutation, "application/graphql-response+json");
        JsonNode answer = JsonMapper.shared().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(answer.has("data")).isTrue();
        assertThat(answer.path("data").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo("FORBIDDEN");
    }

    @Test
    void deniedSubscriptionEndsWithAnErrorOverWebSocketAndTheConnectionStays() throws InterruptedException {
        Listener listener = new Listener();
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .header("X-API-Key", KEY)
                .buildAsync(URI.create(gateway.caller().url().replace("http:", "ws:") + "/graphql"), listener)
                .join();
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        assertThat(listener.next().path("type").asString()).isEqualTo("connection_ack");
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

    private HttpResponse<String> post(String document, String accept) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.caller().url() + "/graphql"))
                        .header("X-API-Key", KEY)
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
