package io.taggateway.tagging.operation;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The end of an operation, with which its reads end, and which waits for its writes. GraphQL's engine cancels nothing
 * of what it has begun, so that reads are bound to this.
 */
public final class OperationCancellation {

    static final OperationCancellation NEVER = new OperationCancellation();

    private final Sinks.Empty<Object> cancelled = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();

    /** The operation itself, until it is cancelled, and its writes that are in progress. */
    private final AtomicInteger parts = new AtomicInteger(1);

    /** Cancels all reads that are bound to this; a second time does nothing. */
    public void cancel() {
        if (cancelled.tryEmitEmpty().isSuccess()) {
            leave();
        }
    }

    /** Whether nobody waits for the operation any more. */
    public boolean isCancelled() {
        return cancelled.scanOrDefault(Scannable.Attr.TERMINATED, false);
    }

    /** A read that is cancelled, and completes empty, when its operation is cancelled. */
    public <T> Mono<T> bind(Mono<T> read) {
        return this == NEVER ? read : read.takeUntilOther(cancelled.asMono());
    }

    /** A write that is not cancelled with its operation: the operation ends after it. */
    public <T> Mono<T> outlast(Mono<T> write) {
        return this == NEVER
                ? write
                : Mono.defer(() -> {
                    parts.incrementAndGet();
                    return write.doFinally(signal -> leave());
                });
    }

    /** Completes when the operation has been cancelled and none of its writes is in progress. */
    Mono<Void> ended() {
        return ended.asMono();
    }

    private void leave() {
        if (parts.decrementAndGet() == 0) {
            ended.tryEmitEmpty();
        }
    }
}
