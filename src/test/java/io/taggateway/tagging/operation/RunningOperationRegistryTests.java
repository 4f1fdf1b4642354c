package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Tests of running operations, and of waiting for their end. */
class RunningOperationRegistryTests {

    private final RunningOperationRegistry running = new RunningOperationRegistry();
    private final OperationContext operation = TestOperation.begin();
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicBoolean idle = new AtomicBoolean();

    @BeforeEach
    void begin() {
        running.begin(operation, () -> released.set(true));
        running.idle().subscribe(nothing -> {}, error -> {}, () -> idle.set(true));
    }

    @Test
    void operationRunsUntilItIsCancelled() {
        assertThat(running.count()).isEqualTo(1);
        assertThat(released).isFalse();
        assertThat(idle).isFalse();
        operation.cancellation().cancel();
        assertOver();
    }

    @Test
    void operationRunsUntilItsWritesEnd() {
        Sinks.Empty<Void> first = Sinks.empty();
        write(OperationContext.withoutCancellation(first.asMono()));
        Disposable second = write(operation.cancellation().continueAfterCancellation(Mono.never()));
        operation.cancellation().cancel();
        operation.cancellation().cancel();
        first.tryEmitError(new IllegalStateException("down"));
        assertThat(running.count()).isEqualTo(1);
        assertThat(released).isFalse();
        assertThat(idle).isFalse();
        second.dispose();
        assertOver();
    }

    @Test
    void operationRunsAfterItsWritesUntilItIsCancelled() {
        write(operation.cancellation().continueAfterCancellation(Mono.just("written")));
        assertThat(running.count()).isEqualTo(1);
        operation.cancellation().cancel();
        assertOver();
    }

    @Test
    void idleWaitsForTheLastOperation() {
        OperationContext another = TestOperation.begin();
        running.begin(another, () -> {});
        operation.cancellation().cancel();
        assertThat(released).isTrue();
        assertThat(running.count()).isEqualTo(1);
        assertThat(idle).isFalse();
        another.cancellation().cancel();
        assertOver();
    }

    @Test
    void stopDoesNotWaitWithoutOperations() {
        StepVerifier.create(new RunningOperationRegistry().idle()).verifyComplete();
    }

    private Disposable write(Mono<?> write) {
        return write.contextWrite(operation::in).onErrorComplete().subscribe();
    }

    private void assertOver() {
        assertThat(running.count()).isZero();
        assertThat(released).isTrue();
        assertThat(idle).isTrue();
    }
}
