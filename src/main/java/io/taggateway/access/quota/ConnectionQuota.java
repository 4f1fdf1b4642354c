package io.taggateway.access.quota;

import reactor.core.publisher.Mono;

/** Limits the open connections of each caller, which several gateways may count together. */
public interface ConnectionQuota {

    /**
     * A permit for one connection, which is not acquired yet. The permit must be released, however its acquisition
     * ends.
     *
     * @param max the maximum number of connections that the owner has at the same time
     */
    Permit permit(QuotaOwner owner, int max);

    /** The permit of one connection among those of its owner. */
    interface Permit {

        /**
         * Acquires this permit, at most once. Returns false if the owner has too many connections, or if this permit is
         * released already. It never fails, and does not wait for other connections to end.
         */
        Mono<Boolean> acquire();

        /**
         * Releases this permit, also if its acquisition is in progress or was cancelled. Only the first call has an
         * effect. Must not block.
         */
        void release();
    }
}
