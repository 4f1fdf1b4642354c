package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.cluster.ClusterTest;
import io.taggateway.cluster.ReplicaSet;
import io.taggateway.support.JsonClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three gateways that share the pace of an account. */
@ClusterTest
class SharedPaceTests {

    private static final int PER_SECOND = 1;
    private static final int QUERIES = 30;

    /** Each gateway would send five requests within four seconds at a pace of its own. */
    @Test
    void gatewaysTogetherKeepThePaceOfAnAccount() {
        try (ReplicaSet replicas = ReplicaSet.start(
                3, Map.of("GATEWAY_CLUSTER_TIMEOUT", "2s", "SIPSIM_REQUESTS_PER_SECOND", String.valueOf(PER_SECOND)))) {
            replicas.sandbox().sipsim().clearRequests();
            long begin = System.nanoTime();
            IntStream.range(0, QUERIES)
                    .mapToObj(i -> JsonClient.executeAsync(
                            replicas.url(i), "{ node(id: \"sipsim:call:call_" + i + "\") { id } }"))
                    .toList()
                    .forEach(CompletableFuture::join);
            int requests = replicas.sandbox().sipsim().requests().size();
            double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
            assertThat(requests).isBetween(1, (int) (2 + PER_SECOND * seconds));
        }
    }
}
