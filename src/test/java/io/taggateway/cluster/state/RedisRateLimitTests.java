package io.taggateway.cluster.state;

import io.taggateway.access.quota.KeyedRateLimitContract;
import io.taggateway.access.quota.SharedQuota;
import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Two gateways that share their buckets. */
@SlowTest
class RedisRateLimitTests extends KeyedRateLimitContract {

    private static RedisConnectionPair connections;
    private static ReplicaCounter counter;

    @BeforeAll
    static void connect() {
        connections = RedisConnectionPair.open();
        counter = new ReplicaCounter(connections.first());
    }

    @AfterAll
    static void close() {
        counter.close();
        connections.close();
    }

    @Override
    protected Stream<SharedQuota> gateways(SettableClock clock) {
        return Stream.of(connections.first(), connections.second())
                .map(redis -> new RedisSharedQuota(redis, Duration.ofSeconds(2), clock, counter));
    }

    @AfterEach
    void clear() {
        connections
                .first()
                .command(commands ->
                        commands.keys("test:quota:*").flatMap(commands::del).then())
                .block();
    }
}
