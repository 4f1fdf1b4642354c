package io.taggateway.access.streaming;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client that reads a given amount, and then nothing more. */
final class SocketClient implements WebSocket.Listener {

    private static final int BEGINNING = 600;

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private volatile int closedWith;

    /** Connects without sending a message. */
    static WebSocket connect(SocketClient client, String gateway) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .buildAsync(URI.create(gateway.replace("http:", "ws:") + "/graphql"), client)
                .join();
    }

    /** Connects and subscribes, and reads nothing after that. */
    static WebSocket open(SocketClient client, String gateway, String query) {
        WebSocket socket = connect(client, gateway);
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        await().until(() -> client.messages().size() == 1);
        socket.sendText("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + query + "\"}}", true)
                .join();
        return socket;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        message.append(data, 0, Math.min(data.length(), BEGINNING));
        if (last) {
            messages.add(message.toString());
            message.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closedWith = status;
        return null;
    }

    /** The beginnings of the messages that were read. */
    List<String> messages() {
        return messages;
    }

    /** The code that the socket was closed with; 0 while it is open. */
    int closedWith() {
        return closedWith;
    }
}
