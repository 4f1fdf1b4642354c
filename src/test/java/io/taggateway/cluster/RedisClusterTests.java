package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.EventStream;
import io.taggateway.support.JsonClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways with a Redis Cluster, in which the keys of a script must be in one slot. */
@ClusterTest
class RedisClusterTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TAGS = "{ tags { nodes { name } totalCount } }";
    private static final String CONTACT = "swipeone:contact:6682840d9286aa59ee001000";

    /** What a replica stores: each prefix shows that a script or a command of this kind has succeeded. */
    private static final List<String> KEYS = List.of(
            "tag-gateway:tags:generation:",
            "tag-gateway:tags:list:",
            "tag-gateway:{lock}:since",
            "tag-gateway:known:",
            "tag-gateway:poll:",
            "tag-gateway:replicas");

    @Test
    void replicasShareTheirState(@TempDir Path directory) {
        try (RedisCluster redis = RedisCluster.start(directory);
                ReplicaSet replicas = ReplicaSet.start(
                        2,
                        Map.of(
                                "REDIS_URL", redis.url(),
                                "GATEWAY_CLUSTER_TIMEOUT", "2s",
                                "GATEWAY_CLUSTER_WRITES_NEED_REDIS", "true",
                                "SIPSIM_REQUESTS_PER_SECOND", "200"));
                EventStream events =
                        EventStream.open(replicas.url(1), "subscription { tagChanged { tag { name } } }")) {
            replicas.replicas()
                    .forEach(replica ->
                            await().atMost(LIMIT).until(() -> replica.status("/actuator/health/cluster") == 200));
            await().atMost(LIMIT)
                    .until(() -> replicas.replicas()
                            .getLast()
                            .text("/actuator/prometheus")
                            .contains("\ntaggateway_subscriptions 1.0"));
            assertThat(JsonClient.execute(replicas.url(0), TAGS)
                            .at("/data/tags/totalCount")
                            .asInt())
                    .isPositive();
            await().atMost(LIMIT).until(() -> hasKey(redis, "tag-gateway:tags:list:"));
            assertThat(write(replicas, "createTag(input: {name: \"Of a cluster\"}) { userErrors { message } }"))
                    .contains("\"userErrors\":[]");
            assertThat(write(
                            replicas,
                            "addTags(input: {subjectId: \"" + CONTACT
                                    + "\", tags: [{name: \"Of a cluster\"}]}) { userErrors { message } }"))
                    .contains("\"userErrors\":[]");
            await().atMost(LIMIT)
                    .until(() ->
                            JsonClient.execute(replicas.url(1), TAGS).toString().contains("Of a cluster"));
            await().atMost(LIMIT)
                    .until(() -> events.events().stream()
                            .anyMatch(event -> event.toString().contains("Of a cluster")));
            assertThat(KEYS).allSatisfy(key -> await().atMost(LIMIT).until(() -> hasKey(redis, key)));
        }
    }

    private static String write(ReplicaSet replicas, String mutation) {
        return JsonClient.execute(replicas.url(0), "mutation { " + mutation + " }")
                .toString();
    }

    private static boolean hasKey(RedisCluster redis, String prefix) {
        return redis.keys().stream().anyMatch(key -> key.startsWith(prefix));
    }
}
