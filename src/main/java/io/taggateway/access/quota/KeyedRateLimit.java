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

/** A number of tokens a minute for each of many keys, which come back evenly. */
final class KeyedRateLimit {

    static final Duration PERIOD = Duration.ofMinutes(1);

    /** Where there are more, the keys that are used least are forgotten, and begin anew. */
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
        // A key that took nothing for this time has all of its tokens again, as one that is not known has
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterAccess(PERIOD)
                .ticker(time::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes tokens of a key, if it has as many.
     *
     * @param perMinute how many the key has in a minute; a changed number begins with all of them
     * @param tokens how many are taken; of more than those of a minute, these
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

    /** The time of the gateway's clock. */
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
