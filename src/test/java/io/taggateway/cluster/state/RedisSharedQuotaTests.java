package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.access.quota.SharedQuota;
import io.taggateway.access.quota.SharedQuota.Grant;
import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.operation.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@SlowTest
class RedisSharedQuotaTests {

    private static final long PER_MINUTE = 10;

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final ReplicaCounter counter = new ReplicaCounter(connections.first());
    private final SettableClock clock = new SettableClock(Instant.now());
    private final SharedQuota first = quota(connections.first());
    private final SharedQuota second = quota(connections.second());

    private SharedQuota quota(RedisConnection redis) {
        return quota(redis, clock);
    }

    private SharedQuota quota(RedisConnection redis, Clock measuring) {
        return new RedisSharedQuota(redis, Duration.ofSeconds(2), measuring, counter);
    }

    @AfterEach
    void close() {
        counter.close();
        connections.close();
    }

    private static Grant take(SharedQuota quota, String key, long max) {
        return Objects.requireNonNull(quota.take(key, PER_MINUTE, max).block());
    }

    @ConcurrentTest
    void tokensAreTakenFromOneBucket() {
        assertThat(take(first, "web", 4)).isEqualTo(new Grant(4, 6));
        assertThat(take(second, "web", 5)).isEqualTo(new Grant(5, 1));
        assertThat(take(first, "web", 4)).isEqualTo(new Grant(1, 0));
        assertThat(take(second, "web", 1)).isEqualTo(new Grant(0, 0));
        assertThat(take(second, "app", 1)).isEqualTo(new Grant(1, 9));
    }

    @ConcurrentTest
    void bucketIsRefilledEvenly() {
        assertThat(take(first, "web", 10)).isEqualTo(new Grant(10, 0));
        clock.advance(Duration.ofSeconds(30));
        assertThat(take(second, "web", 10)).isEqualTo(new Grant(5, 0));
        clock.advance(Duration.ofMinutes(2));
        assertThat(take(first, "web", 1)).isEqualTo(new Grant(1, 9));
    }

    /** The wall clocks of replicas are synchronized; their monotonic clocks keep the difference at their start. */
    @ConcurrentTest
    void bucketIsRefilledByTheWallClock() {
        SharedQuota replica = quota(connections.second(), new MonotonicClock(clock, () -> 0));
        assertThat(take(first, "web", 10)).isEqualTo(new Grant(10, 0));
        clock.advance(Duration.ofSeconds(30));
        assertThat(take(replica, "web", 10)).isEqualTo(new Grant(5, 0));
    }

    @ConcurrentTest
    void noTokenIsTakenTwiceByRequestsAtOnce() {
        List<Long> taken = Flux.range(0, 40)
                .flatMap(i -> (i % 2 == 0 ? first : second).take("web", PER_MINUTE, 1), 40)
                .map(Grant::tokens)
                .collectList()
                .block();
        assertThat(Objects.requireNonNull(taken).stream()
                        .mapToLong(tokens -> tokens)
                        .sum())
                .isEqualTo(PER_MINUTE);
    }

    @ConcurrentTest
    void bucketExpires() {
        take(first, "web", 4);
        assertThat(connections
                        .first()
                        .command(commands -> commands.pttl("test:quota:web"))
                        .block())
                .isBetween(1L, Duration.ofMinutes(2).toMillis());
    }

    @ConcurrentTest
    void requestFailsWhenRedisIsNotAvailable() {
        connections.server().pause();
        StepVerifier.create(first.take("web", PER_MINUTE, 1)).verifyError();
        connections.server().resume();
        connections.server().kill();
        await().until(() -> !first.isAvailable());
        StepVerifier.create(first.take("web", PER_MINUTE, 1)).verifyError();
    }

    @ConcurrentTest
    void numberOfReplicasIsKnownWhileRedisIsNotAvailable() {
        try (ReplicaCounter other = new ReplicaCounter(connections.second())) {
            await().until(() -> first.replicas() == 2 && other.count() == 2);
            connections.server().kill();
            await().until(() -> !first.isAvailable());
            assertThat(first.replicas()).isEqualTo(2);
        }
    }

    @ConcurrentTest
    void replicaThatStopsIsNotCounted() {
        try (ReplicaCounter other = new ReplicaCounter(connections.second())) {
            await().until(() -> first.replicas() == 2 && other.count() == 2);
        }
        // Earlier than its entry would end by itself
        await().atMost(Duration.ofSeconds(3)).until(() -> first.replicas() == 1);
    }
}
