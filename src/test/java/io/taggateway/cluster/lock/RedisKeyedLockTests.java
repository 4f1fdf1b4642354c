package io.taggateway.cluster.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.RedisServer;
import io.taggateway.cluster.redis.ClusterProperties;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.guard.KeyedLockContract;
import io.taggateway.upstream.guard.Lease;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Two replicas with one Redis. */
@SlowTest
class RedisKeyedLockTests extends KeyedLockContract {

    private final RedisServer redis = RedisServer.start();
    private final List<RedisConnection> connections =
            Stream.of(0, 1).map(replica -> RedisConnection.open(properties())).toList();
    private List<KeyedLock> locks = List.of();

    private ClusterProperties properties() {
        return new ClusterProperties(new Secret(redis.url()), "test", Duration.ofSeconds(2), false);
    }

    private List<KeyedLock> locks(boolean needRedis) {
        return connections.stream()
                .<KeyedLock>map(connection -> new RedisKeyedLock(
                        new RedisKeyedLock.Scope(Vendor.SWIPEONE, "contact"),
                        new LockStore(connection),
                        needRedis,
                        new FailureLog()))
                .toList();
    }

    /** Redis has had locks for long enough. */
    @BeforeEach
    void settle() {
        redis.commands().set("test:{lock}:since", "0".getBytes(StandardCharsets.US_ASCII));
        locks = locks(false);
    }

    @AfterEach
    void close() {
        cancelWork();
        connections.forEach(RedisConnection::close);
        redis.close();
    }

    @Override
    protected KeyedLock lock(int replica) {
        return locks.get(replica);
    }

    @ConcurrentTest
    void lockIsNotGrantedRightAfterRedisWasFoundEmpty() {
        redis.commands().flushall();
        TestOperation.verify(lock(0).hold("a", Mono.just("early")).timeout(Duration.ofSeconds(1)))
                .verifyError(TimeoutException.class);
        settle();
        TestOperation.verify(lock(0).hold("a", Mono.just("later")))
                .expectNext("later")
                .verifyComplete();
    }

    @ConcurrentTest
    void workIsRestartedWhenItsLockIsLostBeforeAWrite() {
        Mono<String> work = Mono.defer(() -> {
            begun().add("read");
            Mono<Boolean> loss = begun().size() > 1 ? Mono.just(true) : lose().thenReturn(true);
            return loss.then(Lease.confirm()).thenReturn("written");
        });
        TestOperation.verify(lock(0).hold("a", work)).expectNext("written").verifyComplete();
        assertThat(begun()).containsExactly("read", "read");
    }

    @ConcurrentTest
    void cancelledAcquisitionReleasesTheLock() {
        for (int i = 0; i < 500; i++) {
            Disposable cancelled = hold(0, "a", "cancelled", Sinks.one());
            // Each cancellation comes at another step of the acquisition
            for (long until = System.nanoTime() + 10_000L * i; System.nanoTime() < until; ) {
                Thread.onSpinWait();
            }
            cancelled.dispose();
            TestOperation.verify(lock(1).hold("a", Mono.just("next")).timeout(LockStore.LEASE.dividedBy(2)))
                    .expectNext("next")
                    .verifyComplete();
        }
    }

    private Mono<Long> lose() {
        return connections.getLast().command(commands -> commands.del("test:{lock}:swipeone:default:contact:a"));
    }

    @ConcurrentTest
    void lockIsReleasedByItsHolderOnly() {
        Sinks.One<String> first = Sinks.one();
        hold(0, "a", "1", first);
        await().until(() -> begun().contains("1"));
        Objects.requireNonNull(lose().block());
        hold(1, "a", "2", Sinks.one());
        await().until(() -> begun().contains("2"));
        first.tryEmitValue("done");
        hold(0, "a", "3", Sinks.one());
        hold(0, "b", "other", Sinks.one());
        await().until(() -> begun().contains("other"));
        assertThat(begun()).doesNotContain("3");
    }

    @ConcurrentTest
    void lockIsReleasedWhenRedisIsAvailableAgainAfterTheEndOfTheWork() {
        Sinks.One<String> work = Sinks.one();
        Disposable holder = hold(0, "a", "1", work);
        await().until(() -> begun().contains("1"));
        redis.pause();
        await().atMost(LIMIT).until(() -> connections.stream().noneMatch(RedisConnection::isConnected));
        work.tryEmitValue("done");
        await().until(holder::isDisposed);
        redis.resume();
        await().atMost(LIMIT).until(() -> connections.stream().allMatch(RedisConnection::isConnected));
        TestOperation.verify(lock(1).hold("a", Mono.just("next")).timeout(LockStore.LEASE.dividedBy(4)))
                .expectNext("next")
                .verifyComplete();
    }

    @ConcurrentTest
    void workContinuesWithTheLocalLockWhileRedisIsUnavailable() {
        redis.pause();
        TestOperation.verify(lock(0).hold("a", Lease.confirm().thenReturn("written")))
                .expectNext("written")
                .verifyComplete();
    }

    @ConcurrentTest
    void workFailsWhenWritesNeedRedisAndItIsNotAvailable() {
        locks = locks(true);
        redis.pause();
        assertFails(lock(0).hold("a", Mono.just("never")), FailureReason.CLUSTER_UNAVAILABLE);
    }

    @ConcurrentTest
    void acquiredLockIsLostWhenRedisBecomesUnavailableAndWritesNeedIt() {
        locks = locks(true);
        assertFails(
                lock(0).hold("a", Mono.fromRunnable(redis::pause).then(Lease.confirm())),
                FailureReason.CLUSTER_UNAVAILABLE);
    }

    @ConcurrentTest
    void locksDifferByTenantAndPurpose() {
        assertThat(Stream.of("contact", "tag")
                        .map(purpose ->
                                new RedisKeyedLock.Scope(Vendor.SWIPEONE, purpose).name(new Tenant("acme"), "a")))
                .containsExactly("swipeone:acme:contact:a", "swipeone:acme:tag:a");
    }
}
