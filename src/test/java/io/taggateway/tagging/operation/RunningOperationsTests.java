package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Which operations run, and when none does. */
class RunningOperationsTests {

    private final RunningOperations running = new RunningOperations();
    private final AtomicBoolean idle = new AtomicBoolean();

    @Test
    void operationRunsUntilItsResponseIsThere() {
        Sinks.One<String> response = Sinks.one();
        running.track(TestOperation.begin(), response.asMono()).subscribe();
        running.idle().subscribe(nothing -> {}, error -> {}, () -> idle.set(true));
        assertThat(running.count()).isEqualTo(1);
        assertThat(idle).isFalse();
        response.tryEmitValue("here");
        assertThat(running.count()).isZero();
        assertThat(idle).isTrue();
    }

    @Test
    void operationThatFailsOrIsLeftRunsNoMore() {
        running.track(TestOperation.begin(), Mono.error(new IllegalArgumentException("down")))
                .onErrorComplete()
                .subscribe();
        running.track(TestOperation.begin(), Mono.never()).subscribe().dispose();
        assertThat(running.count()).isZero();
    }

    @Test
    void subscriptionIsOneOperationAsLongAsItsEventsAreListenedTo() {
        OperationContext operation = TestOperation.begin();
        Flux<Object> events = running.track(operation, Flux.never());
        Disposable listener = running.track(operation, Mono.just(events))
                .flatMapMany(response -> response)
                .subscribe();
        running.track(TestOperation.begin(), Mono.never()).subscribe().dispose();
        assertThat(running.count()).isEqualTo(1);
        listener.dispose();
        assertThat(running.count()).isZero();
    }

    @Test
    void nobodyWaitsWhereNothingRuns() {
        StepVerifier.create(running.idle()).verifyComplete();
    }
}
