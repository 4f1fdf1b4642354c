package io.taggateway.access.quota;

import io.github.bucket4j.ConsumptionProbe;
import io.taggateway.access.quota.SharedQuota.Grant;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tokens that this gateway has taken in advance from a bucket that others share, so that few operations wait for the
 * shared bucket.
 */
final class LeasedBucket {

    /** The part of a limit that is taken in advance; it may be unused while other gateways refuse. */
    private static final int ADVANCE_DIVISOR = 50;

    private static final int MAX_ROUNDS = 3;
    private static final long MIN_PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    /** The time after a failure of the shared bucket for which no requests are sent to it. */
    private static final long FAILURE_PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final SharedQuota shared;
    private final String key;
    private final long perMinute;
    private final LongSupplier nanoTime;
    private final long advance;

    /** Negative after operations whose tokens were not taken in advance. */
    private long leased;

    private long remaining;
    private long waiting;
    private long refusingUntil;
    private long failedUntil;
    private @Nullable Mono<Grant> refill;

    LeasedBucket(SharedQuota shared, String key, long perMinute, LongSupplier nanoTime) {
        this.shared = shared;
        this.key = key;
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.advance = perMinute / ADVANCE_DIVISOR;
        this.remaining = perMinute;
        this.refusingUntil = nanoTime.getAsLong();
        this.failedUntil = refusingUntil;
    }

    /** Whether the shared bucket has not failed lately. */
    synchronized boolean isUsable() {
        return nanoTime.getAsLong() - failedUntil >= 0;
    }

    /** Whether tokens can be taken, also if the shared bucket has failed lately. */
    synchronized boolean isUsable(long tokens) {
        return leased >= tokens || isUsable();
    }

    /** Takes tokens, or refuses; null if only the shared bucket knows whether there are enough. */
    synchronized @Nullable ConsumptionProbe tryTake(long tokens) {
        if (leased >= tokens) {
            return consume(tokens);
        }
        long pause = refusingUntil - nanoTime.getAsLong();
        if (pause <= 0) {
            return null;
        }
        long wait = Math.max(pause, (tokens - leased) * nanosForToken());
        return ConsumptionProbe.rejected(Math.max(0, leased), wait, perMinute * nanosForToken());
    }

    /**
     * Takes tokens, or refuses. Without enough tokens, those that are missing are taken from the shared bucket later,
     * up to the limit.
     */
    synchronized ConsumptionProbe take(long tokens) {
        ConsumptionProbe known = tryTake(tokens);
        if (known != null) {
            return known;
        }
        long excess = tokens - leased - perMinute;
        if (excess <= 0) {
            return consume(tokens);
        }
        requestTokens();
        return ConsumptionProbe.rejected(0, excess * nanosForToken(), perMinute * nanosForToken());
    }

    synchronized void giveBack(long tokens) {
        leased += tokens;
    }

    /** Takes tokens after a request to the shared bucket, or refuses; fails if the shared bucket does. */
    Mono<ConsumptionProbe> takeLater(long tokens) {
        return takeLater(tokens, tokens, MAX_ROUNDS);
    }

    /** Waiting operations continue in several threads, as each is then executed. */
    private Mono<ConsumptionProbe> takeLater(long tokens, long unrequested, int rounds) {
        return Mono.defer(() -> {
            synchronized (this) {
                ConsumptionProbe known = rounds == 0 ? take(tokens) : tryTake(tokens);
                return known != null
                        ? Mono.just(known)
                        : join(unrequested).publishOn(Schedulers.parallel()).then(takeLater(tokens, 0, rounds - 1));
            }
        });
    }

    private void requestTokens() {
        join(0).subscribe(done -> {}, failed -> {});
    }

    private ConsumptionProbe consume(long tokens) {
        leased -= tokens;
        if ((leased < advance / 2 || leased < 0) && isUsable()) {
            requestTokens();
        }
        return ConsumptionProbe.consumed(Math.max(0, leased + remaining), 0);
    }

    /** One request for tokens is in progress at a time. Operations that need tokens meanwhile share the next one. */
    private synchronized Mono<Grant> join(long tokens) {
        waiting += tokens;
        if (refill != null) {
            return refill;
        }
        long wanted = Math.clamp(waiting + advance - Math.min(0, leased), 1, perMinute);
        waiting = 0;
        Mono<Grant> begun = shared.take(key, perMinute, wanted)
                .doOnNext(grant -> add(grant, wanted))
                .doOnError(error -> fail())
                .cache();
        refill = begun;
        return begun;
    }

    private synchronized void add(Grant grant, long wanted) {
        refill = null;
        leased += grant.tokens();
        remaining = grant.remaining();
        if (grant.tokens() < wanted || leased < 0) {
            long debt = Math.max(0, -leased);
            long pause = Math.clamp((debt + 1) * nanosForToken(), MIN_PAUSE_NANOS, KeyedRateLimit.PERIOD.toNanos());
            refusingUntil = nanoTime.getAsLong() + pause;
        }
    }

    private synchronized void fail() {
        refill = null;
        waiting = 0;
        failedUntil = nanoTime.getAsLong() + FAILURE_PAUSE_NANOS;
    }

    private long nanosForToken() {
        return Math.max(1, KeyedRateLimit.PERIOD.toNanos() / perMinute);
    }
}
