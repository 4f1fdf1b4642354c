package io.taggateway.cluster.redis;

import io.taggateway.upstream.http.Secret;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connection to the Redis that several gateways share.
 *
 * @param redisUrl the address of Redis with its credentials; empty for a single gateway
 * @param keyPrefix the beginning of all keys and channels in Redis
 * @param timeout time limit of a command
 * @param writesNeedRedis whether writes that need a lock fail while Redis is not available
 */
@ConfigurationProperties(prefix = "gateway.cluster", ignoreUnknownFields = false)
public record ClusterProperties(
        @DefaultValue("") Secret redisUrl,
        @DefaultValue("tag-gateway") String keyPrefix,
        @DefaultValue("50ms") Duration timeout,
        @DefaultValue("false") boolean writesNeedRedis) {

    /** Checks the time limit. */
    public ClusterProperties {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("gateway.cluster.timeout must be positive");
        }
    }
}
