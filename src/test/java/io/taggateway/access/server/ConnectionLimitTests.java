package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests of the limits on silent, slow and idle connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class ConnectionLimitTests {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String SCHEMA = "GET /graphql/schema HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private RunningGateway gateway;
    private int port;

    @BeforeAll
    void start() {
        gateway = RunningGateway.start(Map.of(
                "GATEWAY_CONNECTIONS_IDLE_TIMEOUT", "1s",
                "GATEWAY_CONNECTIONS_HEAD_TIMEOUT", "1s",
                "GATEWAY_CONNECTIONS_BODY_TIMEOUT", LIMIT.toSeconds() + "s",
                "GATEWAY_CONNECTIONS_WRITE_TIMEOUT", "1s",
                "GATEWAY_CONNECTIONS_MAX_UNSENT", "1MB"));
        port = gateway.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void silentConnectionIsClosed() throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void idleConnectionIsClosed() throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            assertThat(connection.send(RawConnection.post("{ __typename }")).read())
                    .startsWith("HTTP/1.1 200");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void connectionIsClosedWhenARequestHeadIsIncomplete() throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            connection.send("POST /graphql HTTP/1.1\r\nHost: loc");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void openWebSocketHasNoTimeLimit() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                closed.set(true);
                return CompletableFuture.completedStage(null);
            }

            @Override
            public void onError(WebSocket socket, Throwable error) {
                closed.set(true);
            }
        };
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols("graphql-transport-ws")
                    .buildAsync(URI.create("ws://localhost:" + port + "/graphql"), listener)
                    .get(15, TimeUnit.SECONDS);
            socket.sendText("{\"type\": \"connection_init\"}", true).get(15, TimeUnit.SECONDS);
            await().during(LIMIT.multipliedBy(2)).atMost(SOON).until(() -> !closed.get());
            socket.abort();
        }
    }

    @Test
    void connectionIsClosedWhenARequestBodyIsIncomplete() throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            String request = RawConnection.post("{ __typename }");
            connection.send(request.substring(0, request.length() - 5));
            assertThat(connection.read()).startsWith("HTTP/1.1 408 ").contains("The body was not received in time.");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void noErrorIsLoggedWhenCallerDisconnectsWithinItsBody(CapturedOutput log) throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawConnection connection = RawConnection.open(port)) {
                String request = RawConnection.post("{ __typename }");
                connection.send(request.substring(0, request.length() - 5));
            }
        }
        assertThat(gateway.caller().texts("{ vendors { status } }", "vendors[*].status"))
                .contains("UP");
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        assertThat(log.getAll()).doesNotContain(" ERROR ", "\tat ");
    }

    @Test
    void connectionIsClosedWhenItsPeerReadsNothing() throws IOException {
        List<RawConnection> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                RawConnection reader = RawConnection.openSlow(port);
                readers.add(reader);
                reader.send(SCHEMA.repeat(400));
            }
            await().atMost(SOON).until(() -> unsent() > 0);
            await().atMost(SOON).until(() -> unsent() == 0);
            assertThat(gateway.caller().texts("{ vendors { status } }", "vendors[*].status"))
                    .contains("UP");
        } finally {
            for (RawConnection reader : readers) {
                reader.close();
            }
        }
    }

    private double unsent() {
        return gateway.context()
                .getBean(MeterRegistry.class)
                .get("taggateway.unsent")
                .gauge()
                .value();
    }
}
