package io.taggateway.cluster.tags;

import io.taggateway.cluster.redis.ConditionalOnRedis;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.upstream.cache.Freshness;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the exchange of tag lists between replicas. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRedis
class TagListConfiguration {

    @Bean
    RedisTagListExchange tagListExchange(RedisConnection connection, Freshness freshness, Clock clock) {
        return RedisTagListExchange.over(connection, freshness, clock);
    }
}
