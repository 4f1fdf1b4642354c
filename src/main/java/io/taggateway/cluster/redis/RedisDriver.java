package io.taggateway.cluster.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.reactive.RedisClusterReactiveCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Lettuce's client of one server or of a cluster, with options that bound all queues. */
final class RedisDriver implements AutoCloseable {

    private static final Duration MIN_CONNECT_LIMIT = Duration.ofSeconds(1);

    /** A connection can be used after some requests and responses in turn. */
    private static final int HANDSHAKE_ROUND_TRIPS = 5;

    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(5);
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final int MAX_COMMANDS = 10_000;
    private static final int THREADS = 2;

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisAddress address;
    private final Duration connectLimit;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    /**
     * A client.
     *
     * @param timeout time limit of a command
     */
    RedisDriver(RedisAddress address, Duration timeout) {
        Duration handshakeLimit = connectLimit(timeout.multipliedBy(HANDSHAKE_ROUND_TRIPS));
        address.nodes().forEach(node -> node.setTimeout(handshakeLimit));
        this.address = address;
        this.connectLimit = connectLimit(timeout);
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(Delay.constant(RECONNECT_DELAY))
                .build();
        this.client = client();
    }

    private static Duration connectLimit(Duration least) {
        return least.compareTo(MIN_CONNECT_LIMIT) > 0 ? least : MIN_CONNECT_LIMIT;
    }

    private AbstractRedisClient client() {
        if (address.isCluster()) {
            RedisClusterClient nodes = RedisClusterClient.create(resources, address.nodes());
            ClusterClientOptions.Builder options = ClusterClientOptions.builder();
            bounded(options);
            nodes.setOptions(options.build());
            return nodes;
        }
        RedisClient server = RedisClient.create(resources);
        ClientOptions.Builder options = ClientOptions.builder();
        bounded(options);
        server.setOptions(options.build());
        return server;
    }

    private void bounded(ClientOptions.Builder options) {
        options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_COMMANDS)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(connectLimit)
                        .keepAlive(true)
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .enable()
                                .tcpUserTimeout(SILENCE_LIMIT)
                                .build())
                        .build());
    }

    /**
     * Opens a connection for commands and waits for it, which only a starting gateway may do. It is opened again if it
     * fails, as Lettuce may report that the server refuses the credentials as a connection that was closed.
     */
    StatefulConnection<String, byte[]> connectAtStart() {
        try {
            return connectOnce();
        } catch (RedisConnectionException e) {
            if (RedisRefusal.isTimeout(e)) {
                throw e;
            }
            return connectOnce();
        }
    }

    private StatefulConnection<String, byte[]> connectOnce() {
        return client instanceof RedisClusterClient nodes
                ? nodes.connect(CODEC)
                : single().connect(CODEC, address.nodes().getFirst());
    }

    /** Opens a connection for messages likewise. */
    StatefulRedisPubSubConnection<String, byte[]> connectPubSubAtStart() {
        return client instanceof RedisClusterClient nodes
                ? nodes.connectPubSub(CODEC)
                : single().connectPubSub(CODEC, address.nodes().getFirst());
    }

    /**
     * Opens a connection for commands, which reconnects automatically. Lettuce finds the nodes of a cluster by itself
     * only when it may wait for them.
     */
    Mono<StatefulConnection<String, byte[]>> connect() {
        return connection(() -> client instanceof RedisClusterClient nodes
                ? nodes.refreshPartitionsAsync().thenCompose(known -> nodes.connectAsync(CODEC))
                : single().connectAsync(CODEC, address.nodes().getFirst()));
    }

    /** Opens a connection for messages, which reconnects automatically and restores its subscriptions. */
    Mono<StatefulRedisPubSubConnection<String, byte[]>> connectPubSub() {
        return connection(() -> client instanceof RedisClusterClient nodes
                ? nodes.refreshPartitionsAsync().thenCompose(known -> nodes.connectPubSubAsync(CODEC))
                : single().connectPubSubAsync(CODEC, address.nodes().getFirst()));
    }

    private static <T> Mono<T> connection(Opening<? extends T> opening) {
        return Mono.fromCompletionStage(() -> opening.begin().thenApply(open -> (T) open));
    }

    private RedisClient single() {
        return (RedisClient) client;
    }

    /** The commands of a connection, which a server and a cluster have in common. */
    static RedisClusterReactiveCommands<String, byte[]> commands(StatefulConnection<String, byte[]> connection) {
        return switch (connection) {
            case StatefulRedisClusterConnection<String, byte[]> nodes -> nodes.reactive();
            case StatefulRedisConnection<String, byte[]> server -> server.reactive();
            default -> throw new IllegalArgumentException("No commands of " + connection);
        };
    }

    /** The commands that return futures. */
    static RedisClusterAsyncCommands<String, byte[]> asyncCommands(StatefulConnection<String, byte[]> connection) {
        return switch (connection) {
            case StatefulRedisClusterConnection<String, byte[]> nodes -> nodes.async();
            case StatefulRedisConnection<String, byte[]> server -> server.async();
            default -> throw new IllegalArgumentException("No commands of " + connection);
        };
    }

    /** Nothing can be done if the threads do not end in time. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void close() {
        Mono.fromCompletionStage(() -> client.shutdownAsync(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                .onErrorComplete()
                .subscribe(
                        closed -> {},
                        error -> {},
                        () -> resources.shutdown(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Begins to open a connection. */
    private interface Opening<T> {

        CompletionStage<? extends T> begin();
    }
}
