package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of limits in other modes and with other values. */
@SlowTest
class LimitModesTests {

    private static final String DEEP_AND_ALIASED = "{ a: tags { nodes { b: group { slug } } } }";

    @Test
    void limitCanBeMeasuredDisabledOrLowered() {
        try (RunningGateway gateway = RunningGateway.start(Map.of(
                "GATEWAY_LIMITS_DEPTH_MODE", "measure",
                "GATEWAY_LIMITS_DEPTH_MAX", "2",
                "GATEWAY_LIMITS_ALIASES_MODE", "off",
                "GATEWAY_LIMITS_ALIASES_MAX", "1",
                "GATEWAY_LIMITS_TOKENS_MODE", "measure",
                "GATEWAY_LIMITS_TOKENS_MAX", "3",
                "GATEWAY_LIMITS_ROOT_FIELDS_MAX", "1",
                "GATEWAY_LIMITS_LENGTH_DOCUMENT", "200000",
                "GATEWAY_LIMITS_COST_MODE", "off"))) {
            gateway.caller().execute(DEEP_AND_ALIASED).errors().verify();
            MeterRegistry meters = gateway.context().getBean(MeterRegistry.class);
            assertThat(exceeded(meters, "depth")).isEqualTo(1);
            assertThat(exceeded(meters, "tokens")).isEqualTo(1);
            assertThat(exceeded(meters, "aliases")).isZero();
            assertThat(meters.get("taggateway.limit.measured")
                            .tag("limit", "aliases")
                            .summary()
                            .count())
                    .isZero();
            assertThat(gateway.caller().errors("{ vendors { vendor } tags { totalCount } }"))
                    .singleElement()
                    .satisfies(
                            error -> assertThat(error.getExtensions()).containsEntry("code", "MAX_ROOT_FIELDS_LIMIT"));
            String long20000 = "{ vendors { " + "vendor ".repeat(19_000) + "} }";
            gateway.caller().execute(long20000).errors().verify();
        }
    }

    @Test
    void startIsRefusedWhenALimitIsZero() {
        assertThatThrownBy(() -> RunningGateway.start(Map.of("GATEWAY_LIMITS_COST_MAX", "0")))
                .rootCause()
                .hasMessageContaining("must be at least 1");
    }

    private static double exceeded(MeterRegistry meters, String limit) {
        return meters.get("taggateway.limit.exceeded")
                .tags("limit", limit, "outcome", "measured")
                .counter()
                .count();
    }
}
