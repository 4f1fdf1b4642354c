package io.taggateway.cluster.tags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Attempts in virtual time. */
class PublicationRepetitionTests {

    private final AtomicBoolean available = new AtomicBoolean(true);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger attempts = new AtomicInteger();

    private Mono<Void> repetition() {
        Mono<Boolean> attempt = Mono.fromCallable(() -> {
            attempts.incrementAndGet();
            return done.get();
        });
        return PublicationRepetition.of(attempt, available::get);
    }

    @Test
    void attemptsAreFurtherApartTheMoreHaveFailed() {
        StepVerifier.withVirtualTime(this::repetition)
                .thenAwait(Duration.ofMillis(250))
                .then(() -> assertThat(attempts).hasValue(1))
                .thenAwait(Duration.ofSeconds(60))
                .then(() -> assertThat(attempts)
                        .satisfies(count -> assertThat(count.get()).isBetween(8, 18)))
                .then(() -> done.set(true))
                .thenAwait(Duration.ofSeconds(16))
                .verifyComplete();
    }

    @Test
    void attemptsWaitUntilRedisIsAvailable() {
        available.set(false);
        done.set(true);
        StepVerifier.withVirtualTime(this::repetition)
                .thenAwait(Duration.ofHours(1))
                .then(() -> assertThat(attempts).hasValue(0))
                .then(() -> available.set(true))
                .thenAwait(Duration.ofMillis(250))
                .verifyComplete();
        assertThat(attempts).hasValue(1);
    }
}
