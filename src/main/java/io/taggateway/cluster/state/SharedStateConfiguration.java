package io.taggateway.cluster.state;

import io.taggateway.access.documents.DocumentStore;
import io.taggateway.access.quota.ConnectionQuota;
import io.taggateway.access.quota.SharedQuota;
import io.taggateway.cluster.redis.ClusterProperties;
import io.taggateway.cluster.redis.ConditionalOnRedis;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.upstream.cache.DeliveryLog;
import io.taggateway.upstream.guard.CoolDownChannel;
import io.taggateway.upstream.guard.Pace;
import io.taggateway.upstream.http.Credentials.TokenStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Configures the state of accounts and documents that replicas share. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRedis
class SharedStateConfiguration {

    @Bean
    @Primary
    DocumentStore redisDocumentStore(RedisConnection redis) {
        return new RedisDocumentStore(redis, DocumentStore.inMemory());
    }

    @Bean
    DeliveryLog.Factory redisDeliveryLogs(RedisConnection redis, Clock clock) {
        return (tenant, vendor, retention) -> new RedisDeliveryLog(
                redis,
                "deliveries:{" + tenant.name() + ":" + vendor.prefix() + "}:",
                retention,
                DeliveryLog.inMemory(retention, clock));
    }

    @Bean
    CoolDownChannel redisCoolDownChannel(RedisConnection redis) {
        return new RedisCoolDownChannel(redis, System::nanoTime);
    }

    @Bean
    Pace.Factory redisPaces(RedisConnection redis, ReplicaCounter replicas) {
        return (account, limits) -> new RedisPace(redis, account, limits, replicas::count);
    }

    @Bean
    TokenStore redisTokenStore(RedisConnection redis) {
        return new RedisTokenStore(redis);
    }

    @Bean
    ReplicaCounter replicaCounter(RedisConnection redis) {
        return new ReplicaCounter(redis);
    }

    @Bean
    @Primary
    SharedQuota redisSharedQuota(
            RedisConnection redis, ClusterProperties properties, Clock clock, ReplicaCounter replicas) {
        return new RedisSharedQuota(redis, properties.timeout(), clock, replicas);
    }

    @Bean
    @Primary
    ConnectionQuota redisConnectionQuota(RedisConnection redis, ReplicaCounter replicas) {
        return new RedisConnectionQuota(redis, replicas::count, RedisConnectionQuota.LEASE);
    }
}
