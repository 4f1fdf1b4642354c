package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the management port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SlowTest
class ManagementPortTests {

    private RunningGateway gateway;
    private int port;

    @BeforeAll
    void start() {
        gateway = RunningGateway.start(
                Map.of("management.server.port", "0", "SERVER_ADDRESS", "0.0.0.0", "GATEWAY_SECURITY_MODE", "none"));
        port = gateway.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /graphql",
        "GET, /graphql?query=%7B__typename%7D",
        "GET, /graphql/schema",
        "GET, /graphiql",
        "GET, /graphiql/graphiql.min.js",
        "GET, /",
        "POST, /webhooks/sipsim",
        "GET, /actuators",
        "GET, /actuator/env"
    })
    void nothingElseIsServed(String method, String target) throws IOException {
        assertThat(ask(method, target)).startsWith("HTTP/1.1 404 ").doesNotContain("data", "__typename");
    }

    @Test
    void webSocketHandshakeIsRefused() throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            connection.send("""
                GET /graphql HTTP/1.1
                Host: localhost
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Protocol: graphql-transport-ws

                """.replace("\n", "\r\n"));
            assertThat(connection.read()).startsWith("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/health/vendors",
                "/actuator/prometheus"
            })
    void endpointsOfActuatorAreServed(String path) throws IOException {
        assertThat(ask("GET", path)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void mainPortServesOtherPaths() {
        assertThat(gateway.caller().texts("{ vendors { status } }", "vendors[*].status"))
                .contains("UP");
        gateway.caller()
                .http()
                .get()
                .uri("/actuator/health")
                .exchange()
                .expectStatus()
                .isNotFound();
        gateway.caller().http().get().uri("/readyz").exchange().expectStatus().isOk();
    }

    @Test
    void managementPortListensOnLoopbackWithAnyServerAddress() throws IOException {
        int main = URI.create(gateway.caller().url()).getPort();
        new Socket("127.0.0.2", main).close();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("127.0.0.2", port).close());
    }

    private String ask(String method, String target) throws IOException {
        String body = "{\"query\": \"{ __typename }\"}";
        try (RawConnection connection = RawConnection.open(port)) {
            return connection
                    .send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
                            + (method.equals("POST")
                                    ? "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                            + body
                                    : "\r\n"))
                    .read();
        }
    }
}
