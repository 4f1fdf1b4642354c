package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.operation.OperationContext.Origin;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** Tests of what events, shared loads and background work share with their operation. */
class OperationContextTests {

    private static final Duration LIMIT = Duration.ofDays(1);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final OperationContext operation = TestOperation.within(clock, Duration.ofSeconds(10));

    @Test
    void contextIsNotAvailableOutsideAnOperation() {
        StepVerifier.create(OperationContext.defer(found -> Mono.just("here")))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("OperationContext"));
        assertThatIllegalStateException().isThrownBy(() -> OperationContext.detached(Context.empty()));
    }

    @Test
    void contextIsAvailableWithinItsOperation() {
        StepVerifier.create(OperationContext.defer(Mono::just).contextWrite(operation::in))
                .expectNext(operation)
                .verifyComplete();
    }

    @Test
    void sharedLoadHasOnlyTheTraceAndTheRequestId() {
        Context caller =
                operation.in(Context.of(ObservationThreadLocalAccessor.KEY, "trace", "other", "of the caller"));
        Context load = OperationContext.detached(caller);
        OperationContext detached = OperationContext.of(load);
        assertThat(load.<String>get(ObservationThreadLocalAccessor.KEY)).isEqualTo("trace");
        assertThat(load.hasKey("other")).isFalse();
        assertThat(detached.requestId()).isEqualTo(operation.requestId());
        assertThat(detached.deadline().remaining(LIMIT)).isEqualTo(LIMIT);
        assertThat(detached.requests()).isNotSameAs(operation.requests());
        assertThat(detached.cacheHint()).isNotSameAs(operation.cacheHint());
        operation.cancellation().cancel();
        assertGoesOn(detached);
    }

    @Test
    void writeContinuesWithTheSameContextWhenItsOperationIsCancelled() {
        OperationContext write = operation.withoutCancellation();
        operation.cancellation().cancel();
        assertGoesOn(write);
        assertThat(write.requests()).isSameAs(operation.requests());
        assertThat(write.cacheHint()).isSameAs(operation.cacheHint());
        assertThat(write.deadline()).isSameAs(operation.deadline());
        assertThat(write.origin()).isSameAs(operation.origin());
    }

    @Test
    void eventHasTimeBudgetAndCacheOfItsOwn() {
        operation.requests().limitTo(1);
        clock.advance(Duration.ofSeconds(9));
        OperationContext event = operation.forEvent(null);
        assertThat(event.deadline().remaining(LIMIT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(event.requests()).isNotSameAs(operation.requests());
        assertThat(event.cacheHint()).isNotSameAs(operation.cacheHint());
        assertThat(event.origin()).isSameAs(operation.origin());
        operation.cancellation().cancel();
        StepVerifier.create(event.cancellation().bind(Mono.never())).verifyComplete();
    }

    @Test
    void backgroundWorkHasItsNameAsRequestId() {
        OperationContext background = OperationContext.background("poll");
        assertThat(background.requestId()).isEqualTo("poll");
        assertThat(background.deadline().remaining(LIMIT)).isEqualTo(LIMIT);
        assertThatIllegalStateException()
                .isThrownBy(() -> background.directory(Object.class))
                .withMessageContaining("poll");
    }

    @Test
    void operationHasTheNameOfTheCaller() {
        assertThat(operation.origin()).isEqualTo(new Origin(Caller.ANYONE, "test", null));
    }

    private static void assertGoesOn(OperationContext operation) {
        StepVerifier.create(operation.cancellation().bind(Mono.just("here")))
                .expectNext("here")
                .verifyComplete();
    }
}
