package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SandboxInitializer;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of a vendor whose connections are refused. */
@SlowTest
class RefusedConnectionTests {

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"true, 3", "false, 1"})
    void refusedConnectionIsRetriedTwiceAtMost(boolean retries, int attempts) throws IOException {
        Map<String, String> properties = new HashMap<>(SandboxInitializer.properties(sandbox));
        properties.put("SIPSIM_BASE_URL", "http://127.0.0.1:" + deserted());
        properties.put("SIPSIM_RETRY_ENABLED", Boolean.toString(retries));
        try (RunningGateway gateway = RunningGateway.start(properties)) {
            assertThat(gateway.caller().errors("{ calls(first: 1) { nodes { id } } }"))
                    .singleElement()
                    .satisfies(error -> assertThat(error.getExtensions())
                            .containsEntry("service", "SIPSIM")
                            .containsEntry("reason", "UPSTREAM_UNAVAILABLE")
                            .containsEntry("retryable", true));
            assertThat(gateway.context().getBean(MeterRegistry.class).find("taggateway.source.fetch").timers().stream()
                            .filter(timer -> "sipsim".equals(timer.getId().getTag("vendor"))
                                    && "unavailable".equals(timer.getId().getTag("outcome")))
                            .mapToLong(Timer::count)
                            .sum())
                    .isEqualTo(attempts);
            gateway.caller()
                    .execute("{ contacts(first: 1) { nodes { id } } }")
                    .path("contacts.nodes[0].id")
                    .hasValue();
        }
    }

    /** A port that was free a moment ago. */
    private static int deserted() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
