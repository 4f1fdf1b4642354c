package io.taggateway.cluster;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Redis Cluster of three real servers. */
record RedisCluster(List<RedisServer> nodes) implements AutoCloseable {

    private static final int NODES = 3;
    private static final int SLOTS = 16_384;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Starts the servers, and waits until each one serves the cluster. */
    static RedisCluster start(Path directory) {
        RedisCluster cluster = new RedisCluster(Stream.generate(() -> RedisServer.startNode(directory))
                .limit(NODES)
                .toList());
        for (int node = 0; node < NODES; node++) {
            int[] slots = IntStream.range(node * SLOTS / NODES, (node + 1) * SLOTS / NODES)
                    .toArray();
            cluster.ask(node, commands -> commands.clusterAddSlots(slots));
            int port = cluster.nodes.get(node).port();
            cluster.ask(0, commands -> commands.clusterMeet("127.0.0.1", port));
        }
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> IntStream.range(0, NODES)
                        .allMatch(node ->
                                cluster.ask(node, RedisCommands::clusterInfo).contains("cluster_state:ok")));
        return cluster;
    }

    /** The value of {@code REDIS_URL}. */
    String url() {
        return "redis-cluster://"
                + nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    /** The keys of all servers. */
    List<String> keys() {
        return IntStream.range(0, NODES)
                .boxed()
                .flatMap(node -> ask(node, commands -> commands.keys("*")).stream())
                .toList();
    }

    private <T> T ask(int node, Function<RedisCommands<String, String>, T> question) {
        RedisClient client = RedisClient.create(nodes.get(node).url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
