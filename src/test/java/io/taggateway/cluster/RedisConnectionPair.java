package io.taggateway.cluster;

import io.taggateway.cluster.redis.ClusterProperties;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.upstream.http.Secret;
import java.time.Duration;

/** A real Redis, and the connections of two replicas to it. */
public record RedisConnectionPair(RedisServer server, RedisConnection first, RedisConnection second)
        implements AutoCloseable {

    /** The time limit of commands; long, as machines that run tests pause. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Starts a Redis, and connects to it. */
    public static RedisConnectionPair open() {
        return open(TIMEOUT);
    }

    /** Starts likewise, with a time limit of commands. */
    public static RedisConnectionPair open(Duration timeout) {
        RedisServer server = RedisServer.start();
        return new RedisConnectionPair(server, connect(server, timeout), connect(server, timeout));
    }

    private static RedisConnection connect(RedisServer server, Duration timeout) {
        return RedisConnection.open(new ClusterProperties(new Secret(server.url()), "test", timeout, false));
    }

    /** The connection of one more replica, which the caller closes. */
    public RedisConnection another() {
        return connect(server, TIMEOUT);
    }

    @Override
    public void close() {
        first.close();
        second.close();
        server.close();
    }
}
