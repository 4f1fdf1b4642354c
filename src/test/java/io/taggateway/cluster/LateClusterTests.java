package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.redis.ClusterProperties;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisListener;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection to a Redis Cluster that cannot be reached when it is opened. */
@ClusterTest
class LateClusterTests {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void clusterThatStartsAfterTheGatewayIsUsed(@TempDir Path directory) {
        try (RedisCluster cluster = RedisCluster.start(directory)) {
            cluster.nodes().forEach(RedisServer::kill);
            try (RedisConnection late = RedisConnection.open(
                    new ClusterProperties(new Secret(cluster.url()), "test", Duration.ofSeconds(2), false))) {
                Queue<String> received = new ConcurrentLinkedQueue<>();
                late.listen("test:news", new Recorder(received));
                assertThat(late.isConnected()).isFalse();
                cluster.nodes().forEach(RedisServer::restart);
                await().atMost(LIMIT).until(late::isConnected);
                byte[] message = "one".getBytes(StandardCharsets.UTF_8);
                late.command(commands -> commands.publish("test:news", message)).block();
                await().atMost(LIMIT).until(() -> received.contains("one"));
            }
        }
    }

    /** Adds messages to a queue. */
    private record Recorder(Queue<String> received) implements RedisListener {

        @Override
        public void onMessage(byte[] message) {
            received.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void onSubscribed() {
            // Only messages are tested
        }
    }
}
