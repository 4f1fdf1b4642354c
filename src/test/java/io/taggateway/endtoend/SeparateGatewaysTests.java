package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.JsonClient;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of several gateways in one JVM. */
@SlowTest
class SeparateGatewaysTests {

    private static final Duration EXPIRED = Duration.ofMinutes(61);
    private static final String TAGS = "{ tags { totalCount } }";

    @Test
    void vendorsRespondAfterAnotherGatewayHasStopped() {
        try (SandboxedGateway staying = SandboxedGateway.start(Map.of())) {
            assertThat(count(staying)).isPositive();
            try (SandboxedGateway stopping = SandboxedGateway.start(Map.of())) {
                assertThat(count(stopping)).isPositive();
            }
            staying.clock().advance(EXPIRED);
            assertThat(count(staying)).isPositive();
        }
    }

    private static int count(SandboxedGateway gateway) {
        return JsonClient.execute(gateway.url(), TAGS)
                .at("/data/tags/totalCount")
                .asInt();
    }
}
