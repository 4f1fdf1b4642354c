package io.taggateway.cluster.state;

import io.taggateway.access.quota.ConnectionQuota;
import io.taggateway.access.quota.QuotaOwner;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts the connections of all replicas in Redis. A permit ends after its lease, unless it is renewed, so that the
 * permits of a replica that has ended do not remain. While Redis is not available or too slow, each replica allows its
 * share.
 */
final class RedisConnectionQuota implements ConnectionQuota, AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(10);

    /**
     * Each owner has a sorted set of its connections, by the times at which they end. A renewal may have added a
     * connection before its acquisition.
     */
    private static final RedisScript<Long> ACQUIRE = RedisScript.ofNumber(RedisScript.NOW + """
        redis.call('zremrangebyscore', KEYS[1], '-inf', now)
        redis.call('zrem', KEYS[1], ARGV[2])
        if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[3]) then
          return 0
        end
        redis.call('zadd', KEYS[1], now + ARGV[1], ARGV[2])
        redis.call('pexpire', KEYS[1], ARGV[1])
        return 1
        """);

    /** Adds connections that Redis has lost, too. */
    private static final RedisScript<Long> RENEW = RedisScript.ofNumber(RedisScript.NOW + """
        for i = 2, #ARGV do
          redis.call('zadd', KEYS[1], now + ARGV[1], ARGV[i])
        end
        redis.call('pexpire', KEYS[1], ARGV[1])
        return 1
        """);

    private final RedisConnection redis;
    private final IntSupplier replicas;
    private final long leaseMillis;
    private final Disposable renewals;

    /** The ids of the connections of this replica. It is locked while they change, and while renewals are sent. */
    private final Map<QuotaOwner, Set<String>> open = new HashMap<>();

    /**
     * A quota without connections.
     *
     * @param replicas the number of replicas, as far as it was last known
     * @param lease how long a permit is held without a renewal
     */
    RedisConnectionQuota(RedisConnection redis, IntSupplier replicas, Duration lease) {
        this.redis = redis;
        this.replicas = replicas;
        this.leaseMillis = lease.toMillis();
        this.renewals = Flux.interval(lease.multipliedBy(3).dividedBy(10))
                .onBackpressureDrop()
                .subscribe(tick -> renew());
    }

    @Override
    public Permit permit(QuotaOwner owner, int max) {
        return new RedisPermit(owner, max);
    }

    /** Sends the renewals of all owners without waiting for answers. */
    private void renew() {
        synchronized (open) {
            open.forEach((owner, ids) -> send(
                            RENEW,
                            owner,
                            Stream.concat(Stream.of(leaseMillis), ids.stream()).toArray())
                    .onErrorComplete()
                    .subscribe());
        }
    }

    /** Returns the number of connections of an owner with the added one. */
    private int add(QuotaOwner owner, String id) {
        synchronized (open) {
            Set<String> ids = open.computeIfAbsent(owner, key -> new HashSet<>());
            ids.add(id);
            return ids.size();
        }
    }

    private void remove(QuotaOwner owner, String id) {
        synchronized (open) {
            open.computeIfPresent(owner, (key, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
        }
    }

    private Mono<Long> send(RedisScript<Long> script, QuotaOwner owner, Object... arguments) {
        return redis.command(script.with(List.of(key(owner)), arguments));
    }

    private String key(QuotaOwner owner) {
        return redis.key("connections:" + owner);
    }

    /** Ends the renewals. The permits end with their connections, or else with their leases. */
    @Override
    public void close() {
        renewals.dispose();
    }

    private final class RedisPermit implements Permit {

        private final QuotaOwner owner;
        private final int max;
        private final String id = UUID.randomUUID().toString();
        private @Nullable Mono<Boolean> acquisition;
        private boolean released;

        RedisPermit(QuotaOwner owner, int max) {
            this.owner = owner;
            this.max = max;
        }

        @Override
        public Mono<Boolean> acquire() {
            return Mono.defer(this::begin).doOnNext(acquired -> {
                if (!acquired) {
                    release();
                }
            });
        }

        /** The request continues when it is cancelled, as the permit is removed from Redis only after it. */
        private synchronized Mono<Boolean> begin() {
            if (released) {
                return Mono.just(false);
            }
            int here = add(owner, id);
            if (here > max) {
                remove(owner, id);
                return Mono.just(false);
            }
            acquisition = send(ACQUIRE, owner, leaseMillis, id, max)
                    .map(acquired -> acquired == 1)
                    .onErrorResume(Exception.class, error -> Mono.just(here <= share()))
                    .cache();
            return acquisition;
        }

        private int share() {
            return Math.ceilDiv(max, replicas.getAsInt());
        }

        @Override
        public synchronized void release() {
            if (!released && acquisition != null) {
                acquisition.subscribe(done -> end());
            }
            released = true;
        }

        private void end() {
            remove(owner, id);
            redis.command(commands -> commands.zrem(key(owner), id.getBytes(StandardCharsets.US_ASCII)))
                    .onErrorComplete()
                    .subscribe();
        }
    }
}
