package io.taggateway.upstream.guard;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.operation.OperationContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/**
 * Retries requests if the vendor is unavailable: reads and idempotent writes. The waits between attempts are random, up
 * to a bound that doubles each time, so that many callers do not retry at the same time.
 */
public final class RetryPolicy {

    private static final Duration FOREVER = Duration.ofDays(1);

    private static final Set<FailureReason> NOT_SENT =
            EnumSet.of(FailureReason.REQUEST_LIMIT, FailureReason.CIRCUIT_OPEN, FailureReason.OVERLOADED);

    private final UpstreamSettings.Retry settings;
    private final Budget budget = new Budget();

    public RetryPolicy(UpstreamSettings.Retry settings) {
        this.settings = settings;
    }

    public <T> Mono<T> around(boolean repeatable, Mono<T> attempt) {
        if (!settings.enabled() || !repeatable) {
            return attempt;
        }
        return attempt.doOnSuccess(response -> budget.addRequest()).onErrorResume(error -> {
            if (wasSent(error)) {
                budget.addRequest();
            }
            return error instanceof SourceException failure ? again(attempt, failure, 0) : Mono.error(error);
        });
    }

    private <T> Mono<T> again(Mono<T> attempt, SourceException failure, int made) {
        return OperationContext.defer(operation -> {
            Duration wait = pause(made);
            Duration left = operation.deadline().remaining(FOREVER);
            boolean again = failure.reason() == FailureReason.UNAVAILABLE
                    && made < settings.max()
                    && wait.compareTo(left) < 0
                    && budget.tryAcquire();
            Mono<T> next = attempt.onErrorResume(SourceException.class, later -> again(attempt, later, made + 1));
            return again ? Mono.delay(wait).then(next) : Mono.error(failure);
        });
    }

    private static boolean wasSent(Throwable error) {
        return !(error instanceof SourceException failure && NOT_SENT.contains(failure.reason()));
    }

    private Duration pause(int made) {
        long bound = settings.backoff().toMillis() << made;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }

    /** Limits retries to a fifth of the requests, so that they do not keep a failing vendor down. */
    static final class Budget {

        private static final int SHARE = 5;

        /** The number of retries that are permitted at first, without preceding requests. */
        private static final int AHEAD = 2;

        private int earned = AHEAD * SHARE;

        /** Counts the first attempt of a request. */
        synchronized void addRequest() {
            earned = Math.min(earned + 1, AHEAD * SHARE);
        }

        /** Whether a retry is permitted. */
        synchronized boolean tryAcquire() {
            if (earned < SHARE) {
                return false;
            }
            earned -= SHARE;
            return true;
        }
    }
}
