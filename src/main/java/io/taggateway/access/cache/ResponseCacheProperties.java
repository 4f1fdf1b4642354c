package io.taggateway.access.cache;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which responses are kept.
 *
 * @param enabled whether any are
 * @param maxSize how many bytes all of them have at most, with the requests that they are responses to
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
