package io.taggateway.tagging.operation;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The end of an operation, with which its reads end. GraphQL's engine cancels nothing of what it has begun, so that
 * reads are bound to this.
 */
public final class OperationCancellation {

    static final OperationCancellation NEVER = new OperationCancellation();

    private final Sinks.Empty<Object> cancelled = Sinks.empty();

    /** Cancels all reads that are bound to this; a second time does nothing. */
    public void cancel() {
        cancelled.tryEmitEmpty();
    }

    /** A read that is cancelled, and answers nothing, when its operation is cancelled. */
    public <T> Mono<T> bind(Mono<T> read) {
        return this == NEVER ? read : read.takeUntilOther(cancelled.asMono());
    }
}
