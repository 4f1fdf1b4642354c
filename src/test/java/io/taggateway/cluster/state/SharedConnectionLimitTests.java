package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.cluster.ClusterTest;
import io.taggateway.cluster.ReplicaSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three gateways that share the limit on connections of one caller. The last test kills a gateway. */
@ClusterTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedConnectionLimitTests {

    private static final int LIMIT = 6;
    private static final String KEY = "the-key-of-web";
    private static final String SUBSCRIPTION = "{\"query\":\"subscription { tagChanged { kind } }\"}";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ReplicaSet replicas;

    @BeforeAll
    static void start() {
        replicas = ReplicaSet.start(
                3,
                Map.of(
                        // Machines that run tests pause for longer than the default
                        "GATEWAY_CLUSTER_TIMEOUT", "2s",
                        "GATEWAY_SECURITY_MODE", "api-key",
                        "GATEWAY_LIMITS_CALLER_MAX_CONNECTIONS", String.valueOf(LIMIT),
                        "gateway.security.api-keys.web.sha256", ApiKeyDigest.of(KEY),
                        "gateway.security.api-keys.web.scopes", "tags.read"));
    }

    @AfterAll
    static void close() {
        replicas.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Order(2)
    void webSocketsOverAllReplicasOpenAtOneLimit(boolean handshake) {
        List<Socket> open = sockets(handshake, LIMIT);
        for (int replica = 0; replica < 3; replica++) {
            assertThat(socket(replica, handshake).isOpen()).isFalse();
        }
        open.getFirst().abort();
        awaitFree(1, handshake).abort();
        open.forEach(socket -> socket.abort());
    }

    @Test
    @Order(1)
    void eventStreamsCountWithWebSockets() {
        List<CompletableFuture<HttpResponse<String>>> streams =
                IntStream.range(0, LIMIT + 3).mapToObj(this::stream).toList();
        await().until(() -> streams.stream().filter(CompletableFuture::isDone).count() == 3);
        assertThat(streams)
                .filteredOn(CompletableFuture::isDone)
                .allSatisfy(refused -> assertThat(refused.join().body()).contains("SUBSCRIPTION_LIMIT_EXCEEDED"));
        for (int replica = 0; replica < 3; replica++) {
            assertThat(socket(replica, true).isOpen()).isFalse();
        }
        streams.forEach(stream -> stream.cancel(true));
        List<Socket> freed =
                IntStream.range(0, LIMIT).mapToObj(i -> awaitFree(i, true)).toList();
        freed.forEach(socket -> socket.abort());
    }

    @Test
    @Order(3)
    void connectionsOfAReplicaThatIsKilledAreFreeAfterTheirLease() {
        List<Socket> open = sockets(true, LIMIT);
        replicas.replicas().getLast().kill();
        awaitFree(0, true);
        awaitFree(1, true);
        assertThat(socket(0, true).isOpen()).isFalse();
        open.forEach(socket -> socket.abort());
    }

    /** Connections in turn over all replicas. Those of the test before may still be ending. */
    private List<Socket> sockets(boolean handshake, int count) {
        return IntStream.range(0, count).mapToObj(i -> awaitFree(i, handshake)).toList();
    }

    private Socket awaitFree(int replica, boolean handshake) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> socket(replica, handshake), Socket::isOpen);
    }

    private Socket socket(int replica, boolean handshake) {
        Socket listener = new Socket();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("graphql-transport-ws");
        if (handshake) {
            builder.header("X-API-Key", KEY);
        }
        WebSocket socket = builder.buildAsync(
                        URI.create(replicas.url(replica).replace("http:", "ws:") + "/graphql"), listener)
                .join();
        String payload = handshake ? "{}" : "{\"X-API-Key\":\"" + KEY + "\"}";
        listener.socket = socket;
        socket.sendText("{\"type\":\"connection_init\",\"payload\":" + payload + "}", true)
                .exceptionally(closed -> socket)
                .join();
        return listener;
    }

    private CompletableFuture<HttpResponse<String>> stream(int replica) {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(URI.create(replicas.url(replica) + "/graphql"))
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(BodyPublishers.ofString(SUBSCRIPTION))
                        .build(),
                BodyHandlers.ofString());
    }

    /** A WebSocket that is accepted by {@code connection_ack}, or closed. */
    private static final class Socket implements WebSocket.Listener {

        private static final int TOO_MANY = 1013;

        private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
        private @Nullable WebSocket socket;

        void abort() {
            Objects.requireNonNull(socket).abort();
        }

        boolean isOpen() {
            return accepted.orTimeout(1, TimeUnit.MINUTES).join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            accepted.complete(data.toString().contains("connection_ack"));
            return WebSocket.Listener.super.onText(from, data, last);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            if (status == TOO_MANY) {
                accepted.complete(false);
            } else {
                accepted.completeExceptionally(new IllegalStateException("Closed with " + status));
            }
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            accepted.completeExceptionally(error);
        }
    }
}
