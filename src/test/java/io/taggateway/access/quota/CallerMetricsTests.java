package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.access.security.ApiKeyRegistry;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.operation.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The measurement of operations by caller. */
class CallerMetricsTests {

    @Test
    @SlowTest
    void measuresExecutedAndRepeatedOperationsOfEachCaller() {
        try (RunningGateway gateway = RunningGateway.start(Map.of(
                "GATEWAY_SECURITY_MODE",
                "api-key",
                "GATEWAY_API_KEYS",
                "web=" + ApiKeyDigest.of("w") + ":tags.read,app=" + ApiKeyDigest.of("a") + ":tags.read"))) {
            MeterRegistry meters = gateway.context().getBean(MeterRegistry.class);
            for (int i = 0; i < 3; i++) {
                post(gateway, "w", "{ tags(first: 5) { nodes { id name } } }");
            }
            post(gateway, "a", "{ nope }");
            assertThat(meters.get("taggateway.caller.operations")
                                    .tags("tenant", "default", "caller", "web")
                                    .timer()
                                    .count()
                            + count(meters, "repeated", "web"))
                    .isEqualTo(3);
            assertThat(count(meters, "repeated", "web")).isGreaterThan(0);
            assertThat(count(meters, "cost", "web")).isGreaterThanOrEqualTo(3 * 5);
            assertThat(meters.get("taggateway.caller.operations")
                            .tag("caller", "app")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(count(meters, "cost", "app")).isZero();
        }
    }

    private static double count(MeterRegistry meters, String name, String caller) {
        return meters.get("taggateway.caller." + name)
                .tag("caller", caller)
                .counter()
                .count();
    }

    private static void post(RunningGateway gateway, String key, String query) {
        gateway.caller()
                .http()
                .post()
                .uri("/graphql")
                .header("Content-Type", "application/json")
                .header("X-API-Key", key)
                .bodyValue(Map.of("query", query))
                .exchange()
                .expectBody(String.class);
    }

    @Test
    void limitsTheNumberOfCallersWithMetersOfTheirOwn() {
        MeterRegistry meters = new SimpleMeterRegistry();
        CallerMetrics metrics = new CallerMetrics(new ApiKeyRegistry(), meters);
        for (int i = 0; i < 2 * CallerMetrics.MAX_TOKEN_CALLERS; i++) {
            Caller caller = new Caller("user-" + i, null, Set.of(), null);
            Objects.requireNonNull(metrics.of(caller)).repeated().increment();
        }
        assertThat(meters.find("taggateway.caller.repeated").counters()).hasSize(CallerMetrics.MAX_TOKEN_CALLERS + 1);
        assertThat(count(meters, "repeated", "(others)")).isEqualTo(CallerMetrics.MAX_TOKEN_CALLERS);
        assertThat(count(meters, "repeated", "user-0")).isEqualTo(1);
        assertThat(metrics.of(Caller.ANYONE)).isNull();
    }
}
