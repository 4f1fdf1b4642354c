package io.taggateway.access.streaming;

import reactor.core.publisher.Mono;

/** How many WebSockets and event streams may be open at once. */
interface ConnectionQuota {

    /** Takes one of them; false if none is left. */
    Mono<Boolean> acquire();

    /** Gives back one that was taken. */
    Mono<Void> release();
}
