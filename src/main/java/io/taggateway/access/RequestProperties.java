package io.taggateway.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a request may take.
 *
 * @param timeout time until it is answered
 * @param maxSize size of its body
 * @param maxDepth how many fields deep it may be
 */
@ConfigurationProperties(prefix = "gateway.request", ignoreUnknownFields = false)
record RequestProperties(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("1MB") DataSize maxSize,
        @DefaultValue("12") int maxDepth) {

    RequestProperties {
        if (!timeout.isPositive() || maxSize.toBytes() < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("gateway.request.timeout, max-size and max-depth must be more than 0");
        }
    }
}
