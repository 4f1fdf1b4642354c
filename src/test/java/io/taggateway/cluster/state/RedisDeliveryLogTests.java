package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.SlowTest;
import io.taggateway.upstream.cache.DeliveryLog;
import io.taggateway.upstream.cache.DeliveryLogContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@SlowTest
class RedisDeliveryLogTests extends DeliveryLogContract {

    private static final Duration RETENTION = Duration.ofHours(1);

    private static RedisConnectionPair connections;

    private DeliveryLog log;
    private DeliveryLog other;

    @BeforeAll
    static void connect() {
        connections = RedisConnectionPair.open();
    }

    @AfterAll
    static void close() {
        connections.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        log = open(connections.first(), test.getDisplayName());
        other = open(connections.second(), test.getDisplayName());
    }

    private static DeliveryLog open(RedisConnection redis, String name) {
        return new RedisDeliveryLog(
                redis, "{" + name + "}:", RETENTION, DeliveryLog.inMemory(RETENTION, Clock.systemUTC()));
    }

    @Override
    protected DeliveryLog log() {
        return log;
    }

    @Override
    protected DeliveryLog other() {
        return other;
    }

    @Test
    void repetitionsAreDetectedByEachReplicaWhenRedisIsNotAvailable() {
        try (RedisConnectionPair lost = RedisConnectionPair.open()) {
            DeliveryLog own = open(lost.first(), "lost");
            lost.server().kill();
            assertThat(own.record("a", "call:1", Instant.EPOCH).block()).isTrue();
            assertThat(own.record("a", "call:1", Instant.EPOCH).block()).isFalse();
        }
    }
}
