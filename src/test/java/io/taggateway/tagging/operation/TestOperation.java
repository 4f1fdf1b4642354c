package io.taggateway.tagging.operation;

import io.taggateway.tagging.operation.OperationContext.Origin;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.StepVerifierOptions;
import reactor.util.context.Context;

/** The operations that tests do things for. */
public final class TestOperation {

    private TestOperation() {}

    /** An operation that ends when it is told to, with all the time in the world. */
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

    /** A verifier of something that is done for a new operation. */
    public static <T extends @Nullable Object> StepVerifier.FirstStep<T> verify(Mono<T> answer) {
        return StepVerifier.create(answer, options());
    }

    /** What makes a verifier do things for a new operation. */
    public static StepVerifierOptions options() {
        return StepVerifierOptions.create().withInitialContext(context());
    }

    private static OperationContext begin(OperationDeadline deadline) {
        return OperationContext.begin(new Origin(Caller.ANYONE, "test", null), deadline);
    }
}
