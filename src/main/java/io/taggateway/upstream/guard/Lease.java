package io.taggateway.upstream.guard;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The possession of a lock, which can expire, for example while this process is paused. Work has it in its context. */
public interface Lease {

    /** Completes if the lock is still held, and for long enough for one request; fails if it is lost. */
    Mono<Void> confirmed();

    /** Confirms that the lock is held, if it is one that can be lost. Work calls it before each write. */
    static Mono<Void> confirm() {
        return Mono.deferContextual(context ->
                context.<Lease>getOrEmpty(Lease.class).map(Lease::confirmed).orElse(Mono.empty()));
    }

    /** The context of work that holds the lock. */
    default Context in(Context context) {
        return context.put(Lease.class, this);
    }
}
