package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.support.RawConnection;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of the graceful stop: readiness, the grace period, and the completion of requests in progress. */
@SlowTest
class GracefulStopTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final SandboxedGateway gateway = SandboxedGateway.start(
            Map.of("GATEWAY_SHUTDOWN_GRACE", "2s", "SIPSIM_RESPONSE_TIMEOUT", "9s", "GATEWAY_REQUEST_TIMEOUT", "10s"));
    private final int port =
            gateway.gateway().context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void requestsAreServedDuringGracePeriodAndRefusedAfterwards() throws IOException {
        Sandbox sandbox = gateway.sandbox();
        try (RawConnection kept = RawConnection.open(port);
                RawConnection underWay = RawConnection.open(port)) {
            assertThat(ask(kept)).startsWith("HTTP/1.1 200 ");
            sandbox.sipsim().fail(Fault.slow(Duration.ofSeconds(5)));
            underWay.send(RawConnection.post("{ calls(first: 1) { nodes { id } } }"));
            await().atMost(SOON).until(() -> !sandbox.sipsim().requests().isEmpty());
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> gateway.gateway().close());
            await().atMost(SOON).until(() -> readiness().startsWith("HTTP/1.1 503 "));
            assertThat(ask(kept)).startsWith("HTTP/1.1 200 ");
            await().atMost(SOON).until(this::isPortClosed);
            assertThat(ask(kept))
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("Retry-After: 1\r\n")
                    .containsIgnoringCase("Connection: close\r\n")
                    .contains("\"code\":\"SERVICE_UNAVAILABLE\"");
            assertThat(kept.isClosed()).isTrue();
            assertThat(underWay.read()).startsWith("HTTP/1.1 200 ").contains("sipsim:call:");
            assertThat(stopped).succeedsWithin(SOON);
        }
    }

    @Test
    void writeIsCompletedWhenItsCallerHasDisconnected() throws IOException {
        Sandbox sandbox = gateway.sandbox();
        sandbox.sipsim().fail(Fault.slow(Duration.ofSeconds(4)).on("POST", ""));
        try (RawConnection caller = RawConnection.open(port)) {
            caller.send(RawConnection.post(
                    "mutation { createTag(input: {name: \\\"Left\\\", vendors: [SIPSIM]}) { userErrors {"
                            + " message } } }"));
            await().atMost(SOON)
                    .until(() -> sandbox.sipsim().requests().stream()
                            .anyMatch(request -> request.method().equals("POST")));
        }
        gateway.gateway().close();
        assertThat(gateway.records().sipsimTags()).anyMatch(tag -> tag.contains("Left"));
    }

    private static String ask(RawConnection connection) throws IOException {
        return connection.send(RawConnection.post("{ __typename }")).read();
    }

    private String readiness() throws IOException {
        try (RawConnection probe = RawConnection.open(port)) {
            return probe.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
        }
    }

    private boolean isPortClosed() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }
}
