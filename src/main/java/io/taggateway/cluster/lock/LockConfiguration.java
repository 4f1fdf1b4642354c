package io.taggateway.cluster.lock;

import io.taggateway.cluster.redis.ClusterProperties;
import io.taggateway.cluster.redis.ConditionalOnRedis;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.LockProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Configures the locks that replicas share. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRedis
class LockConfiguration {

    @Bean
    @Primary
    LockProvider sharedLocks(RedisConnection connection, ClusterProperties properties, FailureLog failures) {
        LockStore store = new LockStore(connection);
        store.begin();
        return (vendor, purpose) -> new RedisKeyedLock(
                new RedisKeyedLock.Scope(vendor, purpose), store, properties.writesNeedRedis(), failures);
    }
}
