package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.support.JsonClient;
import io.taggateway.support.TestGateway;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of a gateway that starts while another one has the tag lists. */
@ClusterTest
class WarmStartTests {

    private static final String TAGS =
            "{ tags(first: 100) { totalCount nodes { id name color { hex } raw } sources { status } } }";

    @Test
    void firstTagsOfANewReplicaSendNoRequestToAVendor() {
        Map<String, String> variables = Map.of(
                "GATEWAY_TAGS_FRESH_FOR",
                "4m",
                // Machines that run tests pause for longer than the default
                "GATEWAY_CLUSTER_TIMEOUT",
                "2s",
                "SIPSIM_ACCESS_TOKEN",
                "",
                "SIPSIM_CLIENT_ID",
                SipsimOptions.CLIENT_ID,
                "SIPSIM_CLIENT_SECRET",
                SipsimOptions.CLIENT_SECRET);
        try (ReplicaSet replicas = ReplicaSet.start(1, variables)) {
            JsonNode tags = JsonClient.execute(replicas.url(0), TAGS);
            assertThat(tags.at("/data/tags/totalCount").asInt()).isPositive();
            try (GatewayProcess another = replicas.startAnother()) {
                replicas.sandbox().sipsim().clearRequests();
                replicas.sandbox().swipeone().clearRequests();
                assertThat(JsonClient.execute(another.url(), TAGS)).isEqualTo(tags);
                assertThat(TestGateway.requests(replicas.sandbox().sipsim())).isEmpty();
                assertThat(TestGateway.requests(replicas.sandbox().swipeone())).isEmpty();

                JsonClient.execute(
                        another.url(), "mutation { createTag(input: {name: \"Written\"}) { results { status } } }");
                await().atMost(Duration.ofSeconds(2))
                        .until(() -> JsonClient.execute(replicas.url(0), TAGS)
                                .toString()
                                .contains("Written"));
            }
        }
    }
}
