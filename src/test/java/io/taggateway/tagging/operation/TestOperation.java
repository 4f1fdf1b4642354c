package io.taggateway.tagging.operation;

import io.taggateway.tagging.operation.OperationContext.Origin;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.test.StepVerifier;
import reactor.test.StepVerifierOptions;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Creates operations for tests. */
public final class TestOperation {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private TestOperation() {}

    /** An operation without a deadline, which ends when it is cancelled. */
    public static OperationContext begin() {
        return begin(OperationDeadline.NONE);
    }

    /** An operation with some time from now. */
    public static OperationContext within(Clock clock, Duration time) {
        return begin(OperationDeadline.in(clock, time));
    }

    /** A context with a new operation. */
    public static Context context() {
        return begin().in(Context.empty());
    }

    /**
     * A verifier of a response in a new operation. It waits for the response itself, as StepVerifier asks for it
     * without pause, which keeps a core busy.
     */
    public static <T extends @Nullable Object> StepVerifier.FirstStep<T> verify(Mono<T> response) {
        return StepVerifier.create(Mono.deferContextual(operation -> await(response, operation)), options());
    }

    private static <T extends @Nullable Object> Mono<T> await(Mono<T> response, ContextView operation) {
        Signal<T> signal = response.materialize()
                .contextWrite(context -> context.putAll(operation))
                .block(LIMIT);
        return Mono.just(Objects.requireNonNull(signal)).dematerialize();
    }

    /** Options with which a verifier subscribes in a new operation. */
    public static StepVerifierOptions options() {
        return StepVerifierOptions.create().withInitialContext(context());
    }

    private static OperationContext begin(OperationDeadline deadline) {
        return OperationContext.begin(new Origin(Caller.ANYONE, "test", null), deadline);
    }
}
