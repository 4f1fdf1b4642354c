package io.taggateway.cluster.lock;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The locks in Redis: a key for each, with the token of its holder and a time to live. */
final class LockStore {

    static final Duration LEASE = Duration.ofSeconds(10);

    /**
     * The time for which no lock is granted after Redis was found empty, as holders of lost locks may still have a
     * request in progress.
     */
    private static final Duration SETTLING = Duration.ofSeconds(4);

    /** A connection that was reset is used a short time after it was opened again. */
    private static final Retry RELEASES = Retry.fixedDelay(40, Duration.ofMillis(250));

    /** Sets the time since which Redis has locks, if it has none. */
    private static final String BEGIN = RedisScript.NOW + """
        local since = redis.call('get', KEYS[1])
        if not since then
          redis.call('set', KEYS[1], string.format('%.0f', now))
          since = now
        end
        """;

    private static final RedisScript<Long> ACQUIRE = RedisScript.ofNumber(BEGIN + """
        if now - tonumber(since) < tonumber(ARGV[3]) then
          return 0
        end
        if redis.call('set', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then
          return 1
        end
        return redis.call('get', KEYS[2]) == ARGV[1] and 1 or 0
        """);

    private static final RedisScript<Long> RENEW = RedisScript.ofNumber("""
        if redis.call('get', KEYS[1]) == ARGV[1] then
          return redis.call('pexpire', KEYS[1], ARGV[2])
        end
        return 0
        """);

    private final RedisConnection connection;
    private final String since;

    LockStore(RedisConnection connection) {
        this.connection = connection;
        this.since = key("since");
    }

    /** A key in the slot of a Redis Cluster that all keys of locks have. */
    private String key(String name) {
        return connection.key("{lock}:" + name);
    }

    /** Records now that Redis has locks, rather than when the first lock is needed. */
    void begin() {
        run(RedisScript.ofNumber(BEGIN + "return 1"), List.of(since))
                .onErrorComplete()
                .subscribe();
    }

    /** A lease to acquire. It is released even if its acquisition fails, as Redis may hold the lock all the same. */
    RedisLease lease(String name, boolean needsRedis) {
        return new RedisLease(this, key(name), UUID.randomUUID().toString(), needsRedis);
    }

    /** Acquires a lease; false if another one holds the lock. */
    Mono<Boolean> acquire(RedisLease lease) {
        return Mono.defer(() -> {
            lease.requested();
            return run(ACQUIRE, List.of(since, lease.key()), lease.token(), LEASE.toMillis(), SETTLING.toMillis());
        });
    }

    /** Extends a lease; false if it is lost. */
    Mono<Boolean> renew(RedisLease lease) {
        return run(RENEW, List.of(lease.key()), lease.token(), LEASE.toMillis());
    }

    /** Releases a lock in the background. If that fails, it is repeated until the lease has ended by itself. */
    void release(RedisLease lease) {
        run(RedisScript.DELETE_IF_EQUAL, List.of(lease.key()), lease.token())
                .retryWhen(RELEASES)
                .timeout(LEASE)
                .onErrorComplete(Exception.class)
                .subscribe();
    }

    private Mono<Boolean> run(RedisScript<Long> script, List<String> keys, Object... arguments) {
        return connection.repeatable(script.with(keys, arguments)).map(result -> result == 1);
    }
}
