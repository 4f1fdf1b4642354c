package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.JsonClient;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@ClusterTest
class ReplicaStartTests {

    private static final Duration TRUTH_LIMIT = Duration.ofSeconds(5);

    private final RedisServer redis = RedisServer.start("--requirepass", "right");

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void startEndsWithStatus1AndOneSentenceWhenPasswordIsWrong() {
        try (GatewayProcess gateway =
                GatewayProcess.begin(Map.of("REDIS_URL", "redis://:wrong@127.0.0.1:" + redis.port()))) {
            assertThat(gateway.exitStatus()).isEqualTo(1);
            assertThat(gateway.log())
                    .contains("Redis refuses the user or the password in REDIS_URL.")
                    .doesNotContain("wrong", "at io.taggateway");
        }
    }

    @Test
    void healthAndMetricFollowRedisWhileGatewayServes() {
        redis.kill();
        try (GatewayProcess gateway = GatewayProcess.begin(
                        Map.of("REDIS_URL", "redis://:right@127.0.0.1:" + redis.port()))
                .ready()) {
            assertThat(gateway.status("/actuator/health/cluster")).isEqualTo(503);

            redis.restart();
            Awaitility.await().atMost(TRUTH_LIMIT).until(() -> gateway.status("/actuator/health/cluster") == 200);
            assertThat(gateway.text("/actuator/prometheus")).contains("taggateway_cluster_connected 1.0");

            redis.pause();
            Awaitility.await().atMost(TRUTH_LIMIT).until(() -> gateway.status("/actuator/health/cluster") == 503);
            assertThat(gateway.status("/readyz")).isEqualTo(200);
            assertThat(gateway.text("/actuator/prometheus")).contains("taggateway_cluster_connected 0.0");
            assertThat(JsonClient.execute(gateway.url(), "{ tags(first: 1) { nodes { name } } }")
                            .at("/data/tags/nodes"))
                    .isNotEmpty();
        }
    }

    @Test
    void gatewayWithoutAddressHasNoHealthNoMetricAndNoThreadOfRedis() {
        try (GatewayProcess gateway = GatewayProcess.begin(Map.of()).ready()) {
            assertThat(gateway.status("/actuator/health/cluster")).isEqualTo(404);
            assertThat(gateway.text("/actuator/prometheus")).doesNotContain("taggateway_cluster");
            assertThat(gateway.log()).doesNotContainIgnoringCase("lettuce");
        }
    }
}
