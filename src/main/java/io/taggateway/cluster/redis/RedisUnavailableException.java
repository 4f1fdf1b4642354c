package io.taggateway.cluster.redis;

/** A command was not sent, as Redis is not available. */
public final class RedisUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisUnavailableException() {
        super("Redis is not available", null, false, false);
    }
}
