package io.taggateway.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What subscriptions may take.
 *
 * @param pollInterval from one read of a vendor's tag list to the next while its changes are subscribed to
 * @param buffer how many events a listener may lag behind
 * @param maxConnections how many WebSockets and event streams may be open at once
 * @param maxPerConnection how many operations may run on one WebSocket at once
 * @param maxControlFrames how many pings and pongs a WebSocket may send in a second
 * @param keepAlive after how long without an event a sign of life is sent; on a WebSocket it may take twice as long
 * @param initTimeout how long a WebSocket may take to say hello
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
     * The framework takes in no more messages of a WebSocket, not even an unsubscription, while 256 are in progress.
     */
    private static final int MOST_PER_CONNECTION = 200;

    /** Checks that something is allowed. */
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
