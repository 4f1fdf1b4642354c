package io.taggateway.upstream.cache;

import io.taggateway.upstream.guard.LockProvider;

/** Coordinates the tag list caches of several replicas. */
public record ReplicaCoordination(LockProvider locks, TagListExchange tagLists) {

    /** The coordination of a single gateway. */
    public static final ReplicaCoordination NONE = new ReplicaCoordination(LockProvider.LOCAL, TagListExchange.NONE);
}
