package io.taggateway.access.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The transports by which a caller sends its credential and an operation. */
enum CallerTransport {
    POST,
    GET,
    SCHEMA,
    EVENT_STREAM,
    WEBSOCKET_HEADERS,
    WEBSOCKET_PAYLOAD;

    private static final String QUERY = "{ __typename }";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The status of the response, or the code that a WebSocket is closed with; 0 if that gets an acknowledgement. */
    int send(String gateway, Map<String, String> credential) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + "/graphql"));
        return switch (this) {
            case POST ->
                status(request.header("Content-Type", "application/json").POST(body()), credential);
            case GET ->
                status(
                        HttpRequest.newBuilder(URI.create(gateway + "/graphql?query=%7B__typename%7D"))
                                .header("Accept", "application/json"),
                        credential);
            case SCHEMA -> status(HttpRequest.newBuilder(URI.create(gateway + "/graphql/schema")), credential);
            case EVENT_STREAM ->
                status(
                        request.header("Content-Type", "application/json")
                                .header("Accept", "text/event-stream")
                                .POST(body()),
                        credential);
            case WEBSOCKET_HEADERS -> socket(gateway, credential, Map.of());
            case WEBSOCKET_PAYLOAD -> socket(gateway, Map.of(), credential);
        };
    }

    private static HttpRequest.BodyPublisher body() {
        return BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", QUERY)));
    }

    private static int status(HttpRequest.Builder request, Map<String, String> headers)
            throws IOException, InterruptedException {
        headers.forEach(request::header);
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        return response.statusCode();
    }

    private static int socket(String gateway, Map<String, String> headers, Map<String, String> payload) {
        try (Socket socket = Socket.open(gateway, headers, payload)) {
            return socket.acknowledged();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** A WebSocket that has sent its credential. */
    static final class Socket implements WebSocket.Listener, AutoCloseable {

        private final CompletableFuture<Integer> acknowledged = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private @Nullable WebSocket socket;

        static Socket open(String gateway, Map<String, String> headers, Map<String, String> payload) {
            Socket listener = new Socket();
            WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("graphql-transport-ws");
            headers.forEach(builder::header);
            WebSocket socket = builder.buildAsync(URI.create(gateway.replace("http:", "ws:") + "/graphql"), listener)
                    .join();
            listener.socket = socket;
            socket.sendText(
                            JsonMapper.shared()
                                    .writeValueAsString(Map.of("type", "connection_init", "payload", payload)),
                            true)
                    .join();
            return listener;
        }

        /** 0, or the code that it was closed with before. */
        int acknowledged() {
            return acknowledged.orTimeout(20, TimeUnit.SECONDS).join();
        }

        /** Subscribes to changes; there are none. */
        void subscribe() {
            if (socket != null) {
                socket.sendText(
                                "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription {"
                                        + " tagChanged { __typename } }\"}}",
                                true)
                        .join();
            }
        }

        boolean isClosed() {
            return closed.isDone();
        }

        /** The code that it is closed with. */
        int closed() {
            return closed.orTimeout(20, TimeUnit.SECONDS).join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket opened, CharSequence data, boolean last) {
            acknowledged.complete(0);
            opened.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket opened, int status, String reason) {
            acknowledged.complete(status);
            closed.complete(status);
            return null;
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.abort();
            }
        }
    }
}
