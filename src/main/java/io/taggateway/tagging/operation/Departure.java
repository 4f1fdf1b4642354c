package io.taggateway.tagging.operation;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * That nobody waits for an operation any more. GraphQL's engine ends nothing of what it has begun, so that reads end
 * themselves.
 */
public final class Departure {

    private final Sinks.Empty<Object> gone = Sinks.empty();

    /** A context in which reads end when this is over. */
    public Context startIn(Context context) {
        return context.put(Departure.class, this);
    }

    /** Nobody waits any more. */
    public void happened() {
        gone.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /** A read that is cancelled, and answers nothing, when nobody waits for its operation any more. */
    public static <T> Mono<T> ends(Mono<T> read) {
        return Mono.deferContextual(context -> {
            Departure departure = context.getOrDefault(Departure.class, null);
            return departure == null ? read : read.takeUntilOther(departure.gone.asMono());
        });
    }
}
