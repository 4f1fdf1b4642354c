package io.taggateway.access.server;

import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of connections.
 *
 * @param idleTimeout time without a request after which a connection is closed
 * @param headTimeout time from the first byte of a request's head to its last
 * @param bodyTimeout time from the first byte of a request's body to its last
 * @param writeTimeout time without progress after which the connection of a response is closed
 * @param maxPipelined requests of one connection that are read before their responses are sent
 * @param maxRequests requests of all connections that are in progress at once
 * @param maxUnsent bytes of all connections that wait to be sent
 */
@ConfigurationProperties(prefix = "gateway.connections", ignoreUnknownFields = false)
public record ConnectionProperties(
        @DefaultValue("75s") Duration idleTimeout,
        @DefaultValue("10s") Duration headTimeout,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("15s") Duration writeTimeout,
        @DefaultValue("16") int maxPipelined,
        @DefaultValue("3000") int maxRequests,
        @DefaultValue("64MB") DataSize maxUnsent) {

    /** Checks that all limits are positive. */
    public ConnectionProperties {
        if (Stream.of(idleTimeout, headTimeout, bodyTimeout, writeTimeout).anyMatch(time -> !time.isPositive())
                || maxPipelined < 1
                || maxRequests < 1
                || maxUnsent.toBytes() < 1) {
            throw new IllegalArgumentException("The values of gateway.connections must be more than 0");
        }
    }
}
