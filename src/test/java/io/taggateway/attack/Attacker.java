package io.taggateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sends many requests at once, and checks that no response discloses internal details. */
final class Attacker {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int AT_ONCE = 16;

    /** Texts that only stack traces and messages of exceptions contain. */
    private static final Pattern INTERNAL = Pattern.compile(
            "INTERNAL_SERVER_ERROR|DOWNSTREAM_SERVICE_ERROR|Exception|\\n\\s+at |\\b(?:java|javax|reactor|graphql|org"
                    + "|com|io|tools)\\.[a-z]\\w*\\.[\\w.$]*[A-Z]");

    private static final List<String> SECRETS = List.of(
            SipsimOptions.ACCESS_TOKEN,
            SipsimOptions.CLIENT_SECRET,
            SwipeOneOptions.API_KEY,
            SwipeOneOptions.WORKSPACE_ID);

    private final String url;

    Attacker(String url) {
        this.url = url + "/graphql";
    }

    /** Fails if a response contains a secret, a part of the gateway's code, or an internal error. */
    static void assertHarmless(String request, String response) {
        assertThat(response).as(request).doesNotContain(SECRETS).doesNotContainPattern(INTERNAL);
    }

    List<HttpResponse<String>> post(List<String> bodies) {
        return postBytes(bodies.stream()
                .map(body -> body.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** The responses to bodies, in their order. */
    List<HttpResponse<String>> postBytes(List<byte[]> bodies) {
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (byte[] body : bodies) {
            free.acquireUninterruptibly();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            responses.add(
                    HTTP.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, error) -> free.release()));
        }
        return responses.stream().map(CompletableFuture::join).toList();
    }

    /** Starts subscriptions on one WebSocket and completes them at once. Returns the received messages. */
    List<String> subscribe(List<String> payloads) {
        MessageRecorder messages = new MessageRecorder();
        WebSocket socket = HTTP.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .buildAsync(URI.create(url.replace("http:", "ws:")), messages)
                .join();
        try {
            socket.sendText("{\"type\":\"connection_init\"}", true).join();
            int id = 0;
            for (String payload : payloads) {
                if (payload.length() < 60_000) {
                    String quoted = JsonMapper.shared().writeValueAsString("s" + id++);
                    socket.sendText("{\"type\":\"subscribe\",\"id\":" + quoted + ",\"payload\":" + payload + "}", true)
                            .join();
                    socket.sendText("{\"type\":\"complete\",\"id\":" + quoted + "}", true)
                            .join();
                }
            }
            socket.sendText("{\"type\":\"subscribe\",\"id\":\"last\",\"payload\":{\"query\":\"{ __typename }\"}}", true)
                    .join();
            messages.last.orTimeout(20, TimeUnit.SECONDS).join();
        } finally {
            socket.abort();
        }
        return messages.all;
    }

    /** Records the messages of a WebSocket until its last operation has a response. */
    private static final class MessageRecorder implements WebSocket.Listener {

        private final List<String> all = new ArrayList<>();
        private final CompletableFuture<Boolean> last = new CompletableFuture<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isEnd) {
            message.append(data);
            if (isEnd) {
                all.add(message.toString());
                message.setLength(0);
                if (all.getLast().contains("\"last\"")) {
                    last.complete(true);
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            last.completeExceptionally(new AssertionError("The WebSocket was closed with " + status + " " + reason));
            return null;
        }
    }
}
