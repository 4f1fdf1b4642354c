package io.taggateway.cluster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.ClusterTest;
import io.taggateway.cluster.ReplicaSet;
import io.taggateway.support.EventStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Three gateways with a subscriber each, of which one polls the tag lists. */
@ClusterTest
class PollLeaderTests {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TAGS = "subscription { tagChanged(vendors: [SIPSIM]) { tag { name } } }";

    /** Gateways that read the list each for itself would read it three times an interval. */
    @Test
    void oneReplicaPollsForAllAndAnotherOneAfterItsDeath() {
        try (ReplicaSet replicas = ReplicaSet.start(
                3,
                Map.of(
                        "GATEWAY_CLUSTER_TIMEOUT",
                        "2s",
                        "GATEWAY_SUBSCRIPTIONS_POLL_INTERVAL",
                        INTERVAL.toSeconds() + "s"))) {
            replicas.sandbox().sipsim().clearRequests();
            long begin = System.nanoTime();
            List<EventStream> streams = new ArrayList<>(List.of(EventStream.open(replicas.url(0), TAGS)));
            await().atMost(LIMIT).until(() -> reads(replicas) > 0);
            streams.add(EventStream.open(replicas.url(1), TAGS));
            streams.add(EventStream.open(replicas.url(2), TAGS));
            await().atMost(LIMIT)
                    .until(() -> replicas.replicas().stream()
                            .allMatch(replica ->
                                    replica.text("/actuator/prometheus").contains("\ntaggateway_subscriptions 1.0")));
            // Each follower has loaded the list that the leader stored
            long known = reads(replicas) + 4;
            await().atMost(LIMIT).until(() -> reads(replicas) >= known);
            replicas.records().addSipsimTag("Before", "#FF0000");
            awaitNames(streams, Set.of("Before"));
            await().atMost(LIMIT).until(() -> reads(replicas) >= 8);
            long reads = reads(replicas);
            assertThat(reads).isLessThanOrEqualTo((System.nanoTime() - begin) / INTERVAL.toNanos() + 2);
            replicas.replicas().getFirst().kill();
            streams.removeFirst().close();
            replicas.records().addSipsimTag("After", "#00FF00");
            awaitNames(streams, Set.of("Before", "After"));
            long next = reads(replicas) + 2;
            await().atMost(LIMIT).until(() -> reads(replicas) >= next);
            assertThat(streams).allSatisfy(stream -> assertThat(stream.events()).hasSize(2));
            streams.forEach(EventStream::close);
        }
    }

    private static long reads(ReplicaSet replicas) {
        return replicas.sandbox().sipsim().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith("/tags"))
                .count();
    }

    private static void awaitNames(List<EventStream> streams, Set<String> names) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(streams)
                        .allSatisfy(stream -> assertThat(stream.events().stream()
                                        .map(event -> event.at("/data/tagChanged/tag/name")
                                                .asString())
                                        .collect(Collectors.toSet()))
                                .isEqualTo(names)));
    }
}
