package io.taggateway.cluster.events;

import io.taggateway.cluster.redis.ConditionalOnRedis;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.tagging.feed.ChangeFeedFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures that events reach the subscribers of all replicas. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRedis
class EventConfiguration {

    @Bean
    ChangeFeedFactory redisChangeFeeds(RedisConnection redis) {
        return new RedisChangeFeedFactory(redis);
    }
}
