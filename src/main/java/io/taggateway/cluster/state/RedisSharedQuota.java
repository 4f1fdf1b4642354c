package io.taggateway.cluster.state;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce.LettuceBasedProxyManagerBuilder;
import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.taggateway.access.quota.SharedQuota;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.tagging.operation.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The buckets of Bucket4j in Redis. They expire some time after they are full again. */
final class RedisSharedQuota implements SharedQuota {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration RETENTION = Duration.ofSeconds(10);

    private final RedisConnection redis;
    private final Duration timeout;
    private final ReplicaCounter replicas;
    private final AsyncProxyManager<Object> buckets;

    /**
     * Buckets in Redis.
     *
     * @param timeout time limit of a request to Redis
     * @param clock the clock by whose wall clock buckets are refilled, as replicas share them
     */
    RedisSharedQuota(RedisConnection redis, Duration timeout, Clock clock, ReplicaCounter replicas) {
        this.redis = redis;
        this.timeout = timeout;
        this.replicas = replicas;
        this.buckets = new LettuceBasedProxyManagerBuilder<>(new Commands(redis))
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(RETENTION))
                .requestTimeout(timeout)
                .clientClock(new ClockMeter(MonotonicClock.wall(clock)))
                .build()
                .asAsync();
    }

    @Override
    public boolean isAvailable() {
        return redis.isConnected();
    }

    @Override
    public int replicas() {
        return replicas.count();
    }

    @Override
    public Mono<Grant> take(String key, long perMinute, long max) {
        BucketConfiguration configuration = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
                .build();
        return Mono.fromFuture(() -> buckets.getProxy(
                                redis.key("quota:" + key), () -> CompletableFuture.completedFuture(configuration))
                        .asVerbose()
                        .tryConsumeAsMuchAsPossible(max))
                .map(RedisSharedQuota::grant)
                .timeout(timeout)
                .publishOn(Schedulers.parallel());
    }

    private static Grant grant(VerboseResult<Long> taken) {
        return new Grant(taken.getValue(), taken.getDiagnostics().getAvailableTokens());
    }

    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /** The commands that Bucket4j needs, of the connection that is open. It passes keys in an array of objects. */
    private record Commands(RedisConnection redis) implements RedisApi<Object> {

        @Override
        public <V> RedisFuture<V> eval(String script, ScriptOutputType type, Object[] keys, byte[][] arguments) {
            return redis.async().eval(script, type, Arrays.copyOf(keys, keys.length, String[].class), arguments);
        }

        @Override
        public RedisFuture<byte[]> get(Object key) {
            return redis.async().get((String) key);
        }

        @Override
        public RedisFuture<?> delete(Object key) {
            return redis.async().del((String) key);
        }
    }
}
