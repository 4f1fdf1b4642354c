package io.taggateway.upstream.guard;

import reactor.core.publisher.Mono;

/** Runs work on the same key one after the other, without blocking. */
public interface KeyedLock {

    /**
     * Work that begins when all earlier work on the key has ended or was cancelled. It does not begin if the operation
     * ends before, if its time is over ({@code TIMEOUT}), if too many wait ({@code OVERLOADED}), or if the lock is not
     * available ({@code CLUSTER_UNAVAILABLE}).
     *
     * @param work runs again from its beginning if {@link Lease#confirm} finds that the lock was lost, so it must read
     *     first what it writes
     */
    <T> Mono<T> hold(String key, Mono<T> work);
}
