package io.taggateway.access.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A rate limit with a token bucket for each key. The tokens are refilled evenly. */
final class KeyedRateLimit {

    static final Duration PERIOD = Duration.ofMinutes(1);

    /** The maximum number of keys. Beyond it, the least used keys are evicted and start with a full bucket again. */
    private static final int MAX_KEYS = 50_000;

    private final String name;
    private final Cache<Key, Bucket> buckets;
    private final TimeMeter time;
    private final Counter refused;

    KeyedRateLimit(String name, Clock clock, MeterRegistry meters) {
        this.name = name;
        this.time = new ClockMeter(clock);
        this.refused = Counter.builder("taggateway.rate.limited")
                .description("Requests and operations over a rate limit")
                .tag("limit", name)
                .register(meters);
        // A bucket that was not used for this time is full again, like that of an unknown key
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterAccess(PERIOD)
                .ticker(time::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes tokens from the bucket of a key, if it has enough.
     *
     * @param perMinute the capacity of the bucket, refilled in a minute; if it changes, the bucket starts full
     * @param tokens the number of tokens, capped at the capacity
     */
    ConsumptionProbe take(Object owner, long perMinute, long tokens) {
        Bucket bucket = buckets.get(new Key(owner, perMinute), this::newBucket);
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.clamp(tokens, 1, perMinute));
        if (!probe.isConsumed()) {
            refused.increment();
        }
        return probe;
    }

    String name() {
        return name;
    }

    private Bucket newBucket(Key key) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(key.perMinute).refillGreedy(key.perMinute, PERIOD))
                .withCustomTimePrecision(time)
                .build();
    }

    private record Key(Object owner, long perMinute) {}

    /** Reads the gateway's clock. */
    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return Duration.ofSeconds(now.getEpochSecond(), now.getNano()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
