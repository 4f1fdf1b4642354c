package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.EventStream;
import io.taggateway.support.JsonClient;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of responses over the maximum size. */
@SlowTest
class ResponseSizeTests {

    private static final String LARGE = "{ tags { nodes { id name } } }";

    @Test
    void returnsErrorWhenResponseIsTooLarge() {
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of("GATEWAY_LIMITS_RESPONSE_SIZE", "1KB"))) {
            assertRefused(JsonClient.execute(gateway.url(), LARGE));
            assertThat(JsonClient.execute(gateway.url(), "{ tags(first: 1) { nodes { id name } } }")
                            .at("/data/tags/nodes"))
                    .hasSize(1);
            try (EventStream stream = EventStream.open(gateway.url(), LARGE)) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> stream.events().size() == 1);
                assertRefused(stream.events().getFirst());
            }
        }
    }

    private static void assertRefused(JsonNode response) {
        assertThat(response.has("data")).as("%s", response).isFalse();
        assertThat(response.at("/errors/0/extensions/code").asString()).isEqualTo("COST_ESTIMATED_TOO_EXPENSIVE");
        assertThat(response.at("/errors/0/message").asString()).isEqualTo("The response has more than 1024 bytes.");
    }
}
