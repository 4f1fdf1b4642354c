package io.taggateway.tagging.operation;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The cancellation of an operation, which cancels its reads and waits for its writes. Reads are bound to this, as the
 * GraphQL engine does not cancel data fetchers that it has called.
 */
public final class OperationCancellation {

    static final OperationCancellation NEVER = new OperationCancellation();

    private final Sinks.Empty<Object> cancelled = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();

    /** The number of writes in progress, plus one until the operation is cancelled. */
    private final AtomicInteger parts = new AtomicInteger(1);

    /** Cancels all reads that are bound to this. Further calls have no effect. */
    public void cancel() {
        if (cancelled.tryEmitEmpty().isSuccess()) {
            leave();
        }
    }

    /** Whether the operation was cancelled. */
    public boolean isCancelled() {
        return cancelled.scanOrDefault(Scannable.Attr.TERMINATED, false);
    }

    /** Returns a read that is cancelled and completes empty when the operation is cancelled. */
    public <T> Mono<T> bind(Mono<T> read) {
        return this == NEVER ? read : read.takeUntilOther(cancelled.asMono());
    }

    /** Returns a write that continues when the operation is cancelled. The operation ends after the write. */
    public <T> Mono<T> continueAfterCancellation(Mono<T> write) {
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
