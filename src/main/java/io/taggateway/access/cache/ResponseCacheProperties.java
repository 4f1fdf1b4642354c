package io.taggateway.access.cache;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which responses are cached.
 *
 * @param enabled whether responses are cached
 * @param maxSize the maximum size of all responses and their requests
 */
@ConfigurationProperties(prefix = "gateway.response.cache", ignoreUnknownFields = false)
record ResponseCacheProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("16MB") DataSize maxSize) {

    ResponseCacheProperties {
        if (maxSize.toBytes() < 1) {
            throw new IllegalArgumentException("gateway.response.cache.max-size must be more than 0");
        }
    }
}
