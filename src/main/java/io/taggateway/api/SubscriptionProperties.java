package io.taggateway.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits and intervals of subscriptions.
 *
 * @param pollInterval the interval at which a vendor's tag list is read while its changes are subscribed to
 * @param buffer the number of events that a subscriber may lag behind
 * @param maxConnections the maximum number of open WebSockets and event streams
 * @param maxPerConnection the maximum number of running operations on one WebSocket
 * @param maxControlFrames the maximum number of pings and pongs from a WebSocket in a second
 * @param keepAlive the time without an event after which a keep-alive is sent; on a WebSocket, it may take twice as
 *     long
 * @param initTimeout the time limit for {@code connection_init}
 */
@ConfigurationProperties(prefix = "gateway.subscriptions", ignoreUnknownFields = false)
public record SubscriptionProperties(
        @DefaultValue("30s") Duration pollInterval,
        @DefaultValue("256") int buffer,
        @DefaultValue("1000") int maxConnections,
        @DefaultValue("50") int maxPerConnection,
        @DefaultValue("100") int maxControlFrames,
        @DefaultValue("15s") Duration keepAlive,
        @DefaultValue("10s") Duration initTimeout) {

    /**
     * The framework reads no further messages of a WebSocket, not even {@code complete}, while 256 operations are in
     * progress.
     */
    private static final int MOST_PER_CONNECTION = 200;

    /** Checks the ranges of all values. */
    public SubscriptionProperties {
        if (!pollInterval.isPositive() || !keepAlive.isPositive() || !initTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "gateway.subscriptions.poll-interval, keep-alive and init-timeout must be more than 0");
        }
        if (maxControlFrames < 1) {
            throw new IllegalArgumentException("gateway.subscriptions.max-control-frames must be at least 1");
        }
        if (buffer < 1 || maxConnections < 0 || maxPerConnection < 1 || maxPerConnection > MOST_PER_CONNECTION) {
            throw new IllegalArgumentException("gateway.subscriptions.buffer must be at least 1, max-connections at"
                    + " least 0 and max-per-connection from 1 to " + MOST_PER_CONNECTION);
        }
    }
}
