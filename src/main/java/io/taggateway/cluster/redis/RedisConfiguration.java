package io.taggateway.cluster.redis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the connection to Redis, and reports at {@code /actuator/health/cluster} whether it is available. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRedis
class RedisConfiguration {

    /** The name of a group must not be that of a contributor. */
    private static final String GROUP = "cluster";

    private static final String CONTRIBUTOR = "redis";

    @Bean
    RedisConnection redisConnection(ClusterProperties properties, MeterRegistry meters) {
        RedisConnection connection = RedisConnection.open(properties);
        Gauge.builder("taggateway.cluster.connected", connection, redis -> redis.isConnected() ? 1 : 0)
                .description("Whether Redis is available")
                .register(meters);
        return connection;
    }

    @Bean(CONTRIBUTOR + "HealthIndicator")
    HealthIndicator redisHealthIndicator(RedisConnection connection) {
        return () -> (connection.isConnected() ? Health.up() : Health.down()).build();
    }

    /** Allows the health of the cluster to be read by itself. */
    @Bean
    static HealthEndpointGroupsPostProcessor clusterHealthGroup() {
        return groups -> {
            Map<String, HealthEndpointGroup> all = new HashMap<>();
            groups.getNames().forEach(name -> all.put(name, groups.get(name)));
            all.put(GROUP, new ClusterHealthGroup(groups.getPrimary(), CONTRIBUTOR));
            return HealthEndpointGroups.of(groups.getPrimary(), all);
        };
    }
}
