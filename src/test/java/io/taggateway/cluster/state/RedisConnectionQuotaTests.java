package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.access.quota.ConnectionQuota;
import io.taggateway.access.quota.ConnectionQuota.Permit;
import io.taggateway.access.quota.ConnectionQuotaContract;
import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.SlowTest;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Two replicas with one Redis, whose permits do not end during a test. */
@SlowTest
@TestInstance(Lifecycle.PER_CLASS)
class RedisConnectionQuotaTests extends ConnectionQuotaContract {

    private static final Duration LONG = Duration.ofHours(1);

    /** Pauses of a machine that runs tests may be longer: tests only wait for its end. */
    private static final Duration SHORT = Duration.ofMillis(100);

    private static final String KEY = "test:connections:/=web";

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private RedisConnectionQuota first;
    private RedisConnectionQuota second;

    @BeforeEach
    void open() {
        first = open(connections.first(), LONG);
        second = open(connections.second(), LONG);
    }

    private RedisConnectionQuota open(RedisConnection redis, Duration lease) {
        return new RedisConnectionQuota(redis, () -> 2, lease);
    }

    @AfterEach
    void clear() {
        first.close();
        second.close();
        await().until(() ->
                connections.first().isConnected() && connections.second().isConnected());
        connections
                .first()
                .command(commands -> commands.keys("test:connections:*")
                        .flatMap(commands::del)
                        .then())
                .block();
    }

    @AfterAll
    void close() {
        connections.close();
    }

    @Override
    protected ConnectionQuota quota() {
        return first;
    }

    @Override
    protected ConnectionQuota other() {
        return second;
    }

    @Test
    void placesOfAReplicaThatHasEndedAreFreeAfterTheirLease() {
        RedisConnectionQuota ended = open(connections.second(), SHORT);
        assertThat(acquire(ended, 2)).isTrue();
        ended.close();
        assertThat(acquire(first, 2)).isTrue();
        awaitFree(first, 2);
        assertThat(acquire(first, 2)).isFalse();
    }

    @Test
    void placesAreRenewed() {
        RedisConnectionQuota renewing = open(connections.second(), SHORT);
        assertThat(acquire(renewing, 1)).isTrue();
        long end = end();
        await().until(() -> end() > end);
        renewing.close();
    }

    /** The time at which the only connection ends, unless it is renewed; 0 if it has ended. */
    private long end() {
        return connections
                .first()
                .command(commands -> commands.zrangeWithScores(KEY, 0, 0))
                .map(entry -> (long) entry.getScore())
                .defaultIfEmpty(0L)
                .blockOptional()
                .orElseThrow();
    }

    @Test
    void openConnectionsAreCountedAfterRedisHasLostThem() {
        RedisConnectionQuota renewing = open(connections.second(), Duration.ofSeconds(2));
        assertThat(acquire(renewing, 1)).isTrue();
        Objects.requireNonNull(
                connections.first().command(commands -> commands.del(KEY)).block());
        await().until(() -> {
            Permit permit = first.permit(OWNER, 1);
            boolean refused = !acquire(permit);
            permit.release();
            return refused;
        });
        renewing.close();
    }

    @Test
    void eachReplicaAllowsItsShareWhileRedisIsTooSlow() {
        try (RedisConnectionPair slow = RedisConnectionPair.open(Duration.ofMillis(500));
                RedisConnectionQuota quota = open(slow.first(), LONG)) {
            Permit before = quota.permit(OWNER, 4);
            assertThat(acquire(before)).isTrue();
            slow.server().pause();
            assertThat(acquire(quota, 4)).isTrue();
            assertThat(acquire(quota, 4)).isFalse();
            before.release();
            awaitFree(quota, 4);
        }
    }
}
