package io.taggateway.upstream;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.source.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Sends again what a vendor that was not there may be sent again: reads, and writes that say how something is to be.
 * Waits in between are random up to a bound that doubles each time, so that many callers do not come back at once.
 */
final class Retries {

    private static final Duration FOREVER = Duration.ofDays(1);

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
        return Mono.defer(() -> {
            budget.earn();
            return attempt(attempt, 0);
        });
    }

    private <T> Mono<T> attempt(Mono<T> attempt, int made) {
        return attempt.onErrorResume(
                SourceException.class,
                failure -> Mono.deferContextual(context -> {
                    Duration wait = pause(made);
                    Duration left = Deadline.remaining(context, clock, FOREVER);
                    boolean again = failure.reason() == FailureReason.UNAVAILABLE
                            && made < settings.max()
                            && wait.compareTo(left) < 0
                            && budget.spend();
                    return again ? Mono.delay(wait).then(attempt(attempt, made + 1)) : Mono.error(failure);
                }));
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
