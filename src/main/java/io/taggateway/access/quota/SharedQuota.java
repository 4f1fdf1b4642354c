package io.taggateway.access.quota;

import reactor.core.publisher.Mono;

/** Token buckets that several gateways share. */
public interface SharedQuota {

    /** Whether tokens can be taken. If not, each gateway allows its share of a limit. Must not block. */
    boolean isAvailable();

    /** The last known number of gateways, at least one. */
    int replicas();

    /**
     * Takes as many tokens as there are, up to a maximum.
     *
     * @param key of the bucket
     * @param perMinute the capacity of the bucket, refilled evenly in a minute
     * @return fails within a short time limit if the tokens cannot be taken
     */
    Mono<Grant> take(String key, long perMinute, long max);

    /** The buckets of a single gateway, which shares none. */
    static SharedQuota none() {
        return new SharedQuota() {

            @Override
            public boolean isAvailable() {
                return false;
            }

            @Override
            public int replicas() {
                return 1;
            }

            @Override
            public Mono<Grant> take(String key, long perMinute, long max) {
                return Mono.error(new IllegalStateException("Nothing is shared"));
            }
        };
    }

    /**
     * Tokens that were taken.
     *
     * @param remaining the number of tokens that are left in the bucket
     */
    record Grant(long tokens, long remaining) {}
}
