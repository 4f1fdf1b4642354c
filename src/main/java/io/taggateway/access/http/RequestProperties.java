package io.taggateway.access.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of a request.
 *
 * @param timeout time limit of its response
 * @param maxSize maximum size of its body
 */
@ConfigurationProperties(prefix = "gateway.request", ignoreUnknownFields = false)
public record RequestProperties(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("1MB") DataSize maxSize) {

    /** Checks that both limits are positive. */
    public RequestProperties {
        if (!timeout.isPositive() || maxSize.toBytes() < 1) {
            throw new IllegalArgumentException("gateway.request.timeout and max-size must be more than 0");
        }
    }
}
