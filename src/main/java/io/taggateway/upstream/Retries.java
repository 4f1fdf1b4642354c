package io.taggateway.upstream;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.source.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Sends again what a vendor that was not there may be sent again: reads, and writes that say how something is to be.
 * Waits in between are random up to a bound that doubles each time, so that many callers do not come back at once.
 */
final class Retries {

    private static final Duration FOREVER = Duration.ofDays(1);

    private static final Set<FailureReason> NOT_SENT =
            EnumSet.of(FailureReason.REQUEST_LIMIT, FailureReason.CIRCUIT_OPEN, FailureReason.OVERLOADED);

    private final UpstreamRetry settings;
    private final Clock clock;
    private final RetryBudget budget = new RetryBudget();

    Retries(UpstreamRetry settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    <T> Mono<T> around(UpstreamRequest request, Mono<T> attempt) {
        if (!settings.enabled() || !isRepeatable(request)) {
            return attempt;
        }
        Mono<T> first = attempt.doOnSuccess(answer -> budget.earn()).doOnError(error -> {
            if (wasSent(error)) {
                budget.earn();
            }
        });
        return first.onErrorResume(SourceException.class, failure -> again(attempt, failure, 0));
    }

    private <T> Mono<T> again(Mono<T> attempt, SourceException failure, int made) {
        return Mono.deferContextual(context -> {
            Duration wait = pause(made);
            Duration left = Deadline.remaining(context, clock, FOREVER);
            boolean again = failure.reason() == FailureReason.UNAVAILABLE
                    && made < settings.max()
                    && wait.compareTo(left) < 0
                    && budget.spend();
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

    private static boolean isRepeatable(UpstreamRequest request) {
        HttpMethod method = request.method();
        return request.purpose() != UpstreamRequest.Purpose.WRITE
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.DELETE);
    }
}
