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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A rate limit with a token bucket for each key, which other gateways may share. The tokens are refilled evenly. While
 * the shared buckets are not available, each gateway allows its share of the limit.
 */
final class KeyedRateLimit {

    static final Duration PERIOD = Duration.ofMinutes(1);

    /** The maximum number of keys. Beyond it, the least used keys are evicted and start with a full bucket again. */
    private static final int MAX_KEYS = 50_000;

    private final String name;
    private final SharedQuota shared;
    private final Cache<Key, Bucket> buckets;
    private final Cache<Key, LeasedBucket> leases;
    private final TimeMeter time;
    private final Counter refused;

    KeyedRateLimit(String name, Clock clock, MeterRegistry meters, SharedQuota shared) {
        this.name = name;
        this.shared = shared;
        this.time = new ClockMeter(clock);
        this.refused = Counter.builder("taggateway.rate.limited")
                .description("Requests and operations over a rate limit")
                .tag("limit", name)
                .register(meters);
        this.buckets = cache();
        this.leases = cache();
    }

    /** A bucket that was not used for the period is full again, like that of an unknown key. */
    private <V> Cache<Key, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterAccess(PERIOD)
                .ticker(time::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes tokens from the bucket of a key, if it has enough. A shared bucket may be overdrawn until it responds.
     *
     * @param perMinute the capacity of the bucket, refilled in a minute; if it changes, the bucket starts full
     * @param tokens the number of tokens, capped at the capacity
     */
    ConsumptionProbe take(Object owner, long perMinute, long tokens) {
        LeasedBucket leased = lease(owner, perMinute, tokens);
        return counted(
                leased == null
                        ? takeHere(owner, perMinute, tokens)
                        : recorded(owner, perMinute, tokens, leased.take(Math.clamp(tokens, 1, perMinute))));
    }

    /** Takes tokens likewise; null if a request to the shared bucket is needed, by {@link #takeLater}. */
    @Nullable
    ConsumptionProbe tryTake(Object owner, long perMinute, long tokens) {
        LeasedBucket leased = lease(owner, perMinute, tokens);
        if (leased == null) {
            return counted(takeHere(owner, perMinute, tokens));
        }
        ConsumptionProbe probe = leased.tryTake(Math.clamp(tokens, 1, perMinute));
        return probe == null ? null : counted(recorded(owner, perMinute, tokens, probe));
    }

    /** Gives back tokens that were taken. */
    void giveBack(Object owner, long perMinute, long tokens) {
        LeasedBucket leased = lease(owner, perMinute, perMinute);
        if (leased != null) {
            leased.giveBack(tokens);
        }
        buckets.get(new Key(owner, share(perMinute)), this::newBucket).addTokens(tokens);
    }

    /** Takes tokens from the shared bucket, for which it may have to wait. */
    Mono<ConsumptionProbe> takeLater(Object owner, long perMinute, long tokens) {
        LeasedBucket leased = lease(owner, perMinute, tokens);
        return leased == null
                ? Mono.fromSupplier(() -> take(owner, perMinute, tokens))
                : leased.takeLater(Math.clamp(tokens, 1, perMinute))
                        .map(probe -> recorded(owner, perMinute, tokens, probe))
                        .onErrorResume(
                                Exception.class, failed -> Mono.fromSupplier(() -> takeHere(owner, perMinute, tokens)))
                        .map(this::counted);
    }

    /** Tokens of the shared bucket; null if it is not available, and none or too few were taken in advance. */
    private @Nullable LeasedBucket lease(Object owner, long perMinute, long tokens) {
        if (!shared.isAvailable()) {
            return null;
        }
        LeasedBucket leased = leases.get(
                new Key(owner, perMinute),
                key -> new LeasedBucket(shared, name + ':' + perMinute + ':' + owner, perMinute, System::nanoTime));
        return leased.isUsable(Math.clamp(tokens, 1, perMinute)) ? leased : null;
    }

    private ConsumptionProbe takeHere(Object owner, long perMinute, long tokens) {
        long share = share(perMinute);
        return buckets.get(new Key(owner, share), this::newBucket)
                .tryConsumeAndReturnRemaining(Math.clamp(tokens, 1, share));
    }

    /** Charges tokens of the shared bucket to the share of this gateway as well, as it may have to use that next. */
    private ConsumptionProbe recorded(Object owner, long perMinute, long tokens, ConsumptionProbe probe) {
        if (probe.isConsumed()) {
            buckets.get(new Key(owner, share(perMinute)), this::newBucket)
                    .tryConsumeAsMuchAsPossible(Math.clamp(tokens, 1, perMinute));
        }
        return probe;
    }

    private long share(long perMinute) {
        return Math.ceilDiv(perMinute, shared.replicas());
    }

    private ConsumptionProbe counted(ConsumptionProbe probe) {
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
