package io.taggateway.cluster.tags;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The repetition of publications that failed. It waits until Redis is available, and longer after each attempt, as
 * Redis may be available and too slow.
 */
final class PublicationRepetition {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(10);

    private PublicationRepetition() {}

    /**
     * Repeats attempts until nothing is left.
     *
     * @param attempt whether nothing is left to publish after an attempt
     */
    static Mono<Void> of(Mono<Boolean> attempt, BooleanSupplier available) {
        return Flux.interval(INTERVAL)
                .onBackpressureDrop()
                .filter(tick -> available.getAsBoolean())
                .next()
                .then(attempt)
                .filter(done -> done)
                .switchIfEmpty(Mono.error(IllegalStateException::new))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, INTERVAL).maxBackoff(MAX_INTERVAL))
                .then();
    }
}
