package io.taggateway.access.server;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway stops.
 *
 * @param grace time for which requests are served as before, while {@code /readyz} reports that the gateway is not
 *     ready
 */
@ConfigurationProperties(prefix = "gateway.shutdown", ignoreUnknownFields = false)
record ShutdownProperties(@DefaultValue("2s") Duration grace) {

    ShutdownProperties {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("gateway.shutdown.grace must not be negative");
        }
    }
}
