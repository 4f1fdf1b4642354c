package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.net.http.WebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of ambiguous messages on WebSockets. */
@GatewayTest
class AmbiguousMessageTests {

    private final TestGateway gateway;

    AmbiguousMessageTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': '1', 'type': 'subscribe', 'payload': {'query': '{ __typename }', 'query': '{ __typename }'}}",
                "{'id': '1', 'id': '2', 'type': 'subscribe', 'payload': {'query': '{ __typename }'}}",
                "{'id': '1', 'type': 'subscribe', 'payload': {'query': '{ __typename }', 'variables': {'a': 1, 'a':"
                        + " 1}}}",
                "{'id': '1', 'type': 'subscribe', 'payload': {'query': 'query A { a }', 'operationName': 'A\\nB'}}"
            })
    void ambiguousMessageClosesTheSocket(String message) {
        SocketClient client = new SocketClient();
        WebSocket socket = SocketClient.connect(client, gateway.url());
        socket.request(10);
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        socket.sendText(message.replace('\'', '"'), true).join();
        await().atMost(Duration.ofSeconds(10)).until(() -> client.closedWith() == 4400);
    }

    /** For an empty name, the engine selects the first operation. */
    @Test
    void emptyOperationNameSelectsNoneOfSeveralOperations() {
        SocketClient client = new SocketClient();
        WebSocket socket = SocketClient.connect(client, gateway.url());
        socket.request(10);
        socket.sendText("{\"type\":\"connection_init\"}", true).join();
        String message = "{'id': '1', 'type': 'subscribe', 'payload': {'operationName': '', 'query': 'mutation A {"
                + " createTag(input: {name: \\'Unnamed\\', vendors: [SIPSIM]}) { userErrors { code } } } query B {"
                + " __typename }'}}";
        socket.sendText(message.replace("\\'", "\\\"").replace('\'', '"'), true).join();
        await().atMost(Duration.ofSeconds(10)).until(() -> client.messages().size() == 2);
        assertThat(client.messages().getLast()).contains("\"type\":\"error\"", "OPERATION_RESOLUTION_FAILURE");
        assertThat(gateway.requestCount()).isZero();
        socket.abort();
    }
}
