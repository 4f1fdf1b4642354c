package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.NodeScript;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of WebSocket clients that violate the protocol. {@code sockets.mjs} collects the results in one run. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class SocketProtocolTests {

    private JsonNode seen;

    @BeforeAll
    void misbehave() throws Exception {
        Map<String, String> variables = Map.of(
                "GATEWAY_SUBSCRIPTIONS_MAX_CONNECTIONS",
                "2",
                "GATEWAY_SUBSCRIPTIONS_INIT_TIMEOUT",
                "500ms",
                "GATEWAY_SUBSCRIPTIONS_KEEP_ALIVE",
                "300ms");
        try (SandboxedGateway gateway = SandboxedGateway.start(variables)) {
            seen = JsonMapper.shared().readTree(NodeScript.named("sockets.mjs").run(gateway.url()));
        }
    }

    @Test
    void otherSubprotocolIsRefused() {
        assertThat(text("oldProtocol")).startsWith("4406");
        assertThat(text("noProtocol")).startsWith("4406");
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        assertThat(text("foreignOrigin")).isEqualTo("403");
        assertThat(text("foreignPort")).isEqualTo("403");
        assertThat(text("opaqueOrigin")).isEqualTo("403");
        assertThat(text("ownOrigin")).isEqualTo("connection_ack");
        assertThat(text("noOrigin")).isEqualTo("connection_ack");
    }

    @Test
    void socketWithoutConnectionInitIsClosed() {
        assertThat(text("noHello")).startsWith("4408");
        assertThat(text("helloTwice")).startsWith("4429");
        assertThat(text("subscribedBeforeHello")).startsWith("4401");
    }

    @Test
    void invalidMessageClosesTheSocket() {
        for (String message : new String[] {
            "notJson",
            "notAnObject",
            "unknownType",
            "serversType",
            "binary",
            "noId",
            "noIdToComplete",
            "oddId",
            "oddPayload",
            "oddVariables",
            "noQuery",
            "noPayload"
        }) {
            assertThat(text(message)).as(message).isEqualTo("4400 Invalid message");
        }
        assertThat(text("sameIdTwice")).startsWith("4409");
        assertThat(text("tooLarge")).startsWith("1009");
    }

    @Test
    void webSocketIsClosedBeyondTheLimitOfConnections() {
        assertThat(text("noRoom")).isEqualTo("1013 Too many connections");
        assertThat(text("noRoomForEvents")).contains("SUBSCRIPTION_LIMIT_EXCEEDED", "event:complete");
        assertThat(seen.at("/othersGoOn/events/0/data/__typename").asString()).isEqualTo("Query");
    }

    @Test
    void idleConnectionsSendKeepAlives() {
        assertThat(text("socketPing")).isEqualTo("ping");
        assertThat(text("eventsPing")).isEqualTo(":");
        assertThat(text("signOfLife")).isEqualTo("connection_ack");
    }

    private String text(String name) {
        return seen.path(name).asString();
    }
}
