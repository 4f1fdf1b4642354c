package io.taggateway.access.quota;

import io.github.bucket4j.ConsumptionProbe;
import io.taggateway.access.quota.SharedQuota.Grant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Tokens that this gateway has taken in advance from a bucket that others share, so that few operations wait for the
 * shared bucket.
 */
final class LeasedBucket {

    /** The part of a limit that is taken in advance; it may be unused while other gateways refuse. */
    private static final int ADVANCE_DIVISOR = 50;

    private static final long MIN_PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    /** The time after a failure of the shared bucket for which no requests are sent to it. */
    private static final long FAILURE_PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final SharedQuota shared;
    private final String key;
    private final long perMinute;
    private final LongSupplier nanoTime;
    private final long advance;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Negative after operations whose tokens were not taken in advance. */
    private long leased;

    private long remaining;
    private long refusingUntil;
    private long failedUntil;
    private boolean requesting;

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

    /**
     * Takes tokens after a request to the shared bucket, or refuses; fails if the shared bucket does. Operations that
     * wait get the tokens of a response before those that begin later, so that none has to be overdrawn.
     */
    Mono<ConsumptionProbe> takeLater(long tokens) {
        return Mono.defer(() -> {
            synchronized (this) {
                ConsumptionProbe known = tryTake(tokens);
                return known == null ? enqueue(tokens) : Mono.just(known);
            }
        });
    }

    /** Waiting operations continue in several threads, as each is then executed. */
    private Mono<ConsumptionProbe> enqueue(long tokens) {
        Waiting operation = new Waiting(tokens, Sinks.one());
        waiting.addLast(operation);
        requestTokens();
        return operation.result.asMono().publishOn(Schedulers.parallel());
    }

    private ConsumptionProbe consume(long tokens) {
        leased -= tokens;
        if ((leased < advance / 2 || leased < 0) && isUsable()) {
            requestTokens();
        }
        return ConsumptionProbe.consumed(Math.max(0, leased + remaining), 0);
    }

    /** One request for tokens is in progress at a time. Operations that need tokens meanwhile share the next one. */
    private synchronized void requestTokens() {
        if (requesting) {
            return;
        }
        requesting = true;
        long needed = waiting.stream().mapToLong(Waiting::tokens).sum();
        long wanted = Math.clamp(needed + advance - Math.min(0, leased), 1, perMinute);
        shared.take(key, perMinute, wanted).subscribe(grant -> add(grant, wanted), this::fail);
    }

    private synchronized void add(Grant grant, long wanted) {
        requesting = false;
        leased += grant.tokens();
        remaining = grant.remaining();
        if (grant.tokens() < wanted || leased < 0) {
            long debt = Math.max(0, -leased);
            long pause = Math.clamp((debt + 1) * nanosForToken(), MIN_PAUSE_NANOS, KeyedRateLimit.PERIOD.toNanos());
            refusingUntil = nanoTime.getAsLong() + pause;
        }
        serveWaiting();
    }

    private void serveWaiting() {
        for (Waiting next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            ConsumptionProbe probe = tryTake(next.tokens);
            if (probe == null) {
                waiting.addFirst(next);
                requestTokens();
                return;
            }
            next.result.tryEmitValue(probe);
        }
    }

    private synchronized void fail(Throwable failure) {
        requesting = false;
        failedUntil = nanoTime.getAsLong() + FAILURE_PAUSE_NANOS;
        waiting.forEach(operation -> operation.result.tryEmitError(failure));
        waiting.clear();
    }

    private long nanosForToken() {
        return Math.max(1, KeyedRateLimit.PERIOD.toNanos() / perMinute);
    }

    /** An operation that waits for a response of the shared bucket. */
    private record Waiting(long tokens, Sinks.One<ConsumptionProbe> result) {}
}
