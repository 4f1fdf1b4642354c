package io.taggateway.cluster.state;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts the gateways that share a Redis. Each one renews its entry every second. */
final class ReplicaCounter implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LIFETIME = Duration.ofSeconds(5);

    private static final RedisScript<Long> COUNT = RedisScript.ofNumber(RedisScript.NOW + """
        redis.call('zadd', KEYS[1], now, ARGV[1])
        redis.call('zremrangebyscore', KEYS[1], '-inf', now - ARGV[2])
        redis.call('pexpire', KEYS[1], ARGV[2])
        return redis.call('zcard', KEYS[1])
        """);

    private final RedisConnection redis;
    private final byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    private final Disposable renewals;
    private volatile int count = 1;

    ReplicaCounter(RedisConnection redis) {
        this.redis = redis;
        this.renewals = Flux.interval(Duration.ZERO, INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> renew())
                .subscribe();
    }

    /** The last known number of gateways, with this one. */
    int count() {
        return count;
    }

    private Mono<Long> renew() {
        return redis.command(COUNT.with(List.of(redis.key("replicas")), id, LIFETIME.toMillis()))
                .doOnNext(counted -> count = Math.max(1, counted.intValue()))
                .onErrorComplete(Exception.class);
    }

    /** The entry is removed in the background. */
    @Override
    public void close() {
        renewals.dispose();
        redis.command(commands -> commands.zrem(redis.key("replicas"), id))
                .onErrorComplete(Exception.class)
                .subscribe();
    }
}
