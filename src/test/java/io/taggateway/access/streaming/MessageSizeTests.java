package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of messages on WebSockets over the maximum size. */
@SlowTest
class MessageSizeTests {

    @Test
    void sendsErrorWhenResultIsTooLarge() {
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of("GATEWAY_LIMITS_RESPONSE_SIZE", "1KB"))) {
            SocketClient client = new SocketClient();
            WebSocket socket = SocketClient.connect(client, gateway.url());
            socket.request(10);
            socket.sendText("{\"type\":\"connection_init\"}", true).join();
            subscribe(socket, "1", "{ tags { nodes { id name } } }");
            await().atMost(Duration.ofSeconds(20)).until(() -> client.messages().size() == 3);
            subscribe(socket, "2", "{ tags(first: 1) { nodes { name } } }");
            await().atMost(Duration.ofSeconds(20)).until(() -> client.messages().size() == 5);
            assertThat(client.messages().get(1))
                    .contains("\"next\"", "COST_ESTIMATED_TOO_EXPENSIVE", "The response has more than 1024 bytes.")
                    .doesNotContain("nodes");
            assertThat(client.messages().get(2)).contains("\"1\"", "\"complete\"");
            assertThat(client.messages().get(3)).contains("\"2\"", "\"next\"", "nodes");
            socket.abort();
        }
    }

    private static void subscribe(WebSocket socket, String id, String query) {
        socket.sendText(
                        "{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + query + "\"}}",
                        true)
                .join();
    }
}
