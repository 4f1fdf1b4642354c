package io.taggateway.cluster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.feed.PollSchedule;
import io.taggateway.tagging.feed.PollTurn;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** The schedules of two replicas. */
@SlowTest
class RedisPollScheduleTests {

    /** No second read is due while a test runs. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final PollSchedule first = schedule(connections.first());
    private final PollSchedule second = schedule(connections.second());
    private final Disposable.Composite candidates = Disposables.composite();

    private static PollSchedule schedule(RedisConnection redis) {
        return new RedisPollSchedule(redis, Tenant.DEFAULT, System::nanoTime);
    }

    @AfterEach
    void close() {
        candidates.dispose();
        connections.close();
    }

    @ConcurrentTest
    void oneReplicaReadsForBoth() {
        assertThat(firstTurn(first, Vendor.SIPSIM).reads()).isTrue();
        assertThat(firstTurn(second, Vendor.SIPSIM).reads()).isFalse();
    }

    @ConcurrentTest
    void eachVendorAndTenantHasItsOwnLeader() {
        assertThat(firstTurn(first, Vendor.SIPSIM).reads()).isTrue();
        assertThat(firstTurn(second, Vendor.SWIPEONE).reads()).isTrue();
        PollSchedule ofAcme = new RedisPollSchedule(connections.second(), new Tenant("acme"), System::nanoTime);
        assertThat(firstTurn(ofAcme, Vendor.SIPSIM).reads()).isTrue();
    }

    @ConcurrentTest
    void replicasTogetherReadNoMoreThanOnceAnInterval() {
        AtomicInteger reads = new AtomicInteger();
        long begin = System.nanoTime();
        count(connections.first(), reads);
        count(connections.second(), reads);
        await().atMost(LIMIT).until(() -> reads.get() >= 10);
        candidates.dispose();
        long intervals = (System.nanoTime() - begin) / SHORT.toNanos();
        assertThat(reads.get()).isLessThanOrEqualTo((int) intervals + 2);
    }

    @ConcurrentTest
    void anotherReplicaReadsWhenTheLeaderHasDied() {
        AtomicInteger readsOfFirst = new AtomicInteger();
        Disposable leader = count(connections.first(), readsOfFirst);
        await().atMost(LIMIT).until(() -> readsOfFirst.get() > 0);
        AtomicInteger readsOfSecond = new AtomicInteger();
        count(connections.second(), readsOfSecond);
        connections.first().close();
        leader.dispose();
        int before = readsOfSecond.get();
        await().atMost(LIMIT).until(() -> readsOfSecond.get() > before + 2);
    }

    @ConcurrentTest
    void nextReadStaysDueWhenTheLeaderLeaves() {
        List<PollTurn> turns = new CopyOnWriteArrayList<>();
        Disposable leader = first.turns(Vendor.SIPSIM, LONG).subscribe(turns::add);
        await().atMost(LIMIT).until(() -> turns.stream().anyMatch(PollTurn::reads));
        leader.dispose();
        assertThat(firstTurn(second, Vendor.SIPSIM).reads()).isFalse();
    }

    @ConcurrentTest
    void anotherReplicaReadsWhenTheLeaderHasLeft() {
        AtomicInteger readsOfFirst = new AtomicInteger();
        Disposable leader = count(connections.first(), readsOfFirst);
        await().atMost(LIMIT).until(() -> readsOfFirst.get() > 0);
        leader.dispose();
        AtomicInteger readsOfSecond = new AtomicInteger();
        count(connections.second(), readsOfSecond);
        await().atMost(LIMIT).until(() -> readsOfSecond.get() > 2);
    }

    @ConcurrentTest
    void anotherReplicaReadsWhenAReadOfTheLeaderHasFailed() {
        AtomicInteger failures = new AtomicInteger();
        candidates.add(first.turns(Vendor.SIPSIM, SHORT).filter(PollTurn::reads).subscribe(turn -> {
            turn.onFailure().run();
            failures.incrementAndGet();
        }));
        await().atMost(LIMIT).until(() -> failures.get() > 0);
        AtomicInteger reads = new AtomicInteger();
        count(connections.second(), reads);
        await().atMost(LIMIT).until(() -> reads.get() > 2);
    }

    @ConcurrentTest
    void claimIsNotUsedAfterAPause() {
        AtomicLong time = new AtomicLong();
        PollSchedule pausing =
                new RedisPollSchedule(connections.first(), Tenant.DEFAULT, () -> time.addAndGet(LONG.toNanos()));
        assertThat(firstTurn(pausing, Vendor.SIPSIM).reads()).isFalse();
    }

    @ConcurrentTest
    void eachReplicaReadsWhileRedisIsNotAvailable() {
        connections.server().kill();
        assertThat(firstTurn(first, Vendor.SIPSIM).reads()).isTrue();
        assertThat(firstTurn(second, Vendor.SIPSIM).reads()).isTrue();
    }

    /** The first turn of a replica that remains a candidate. */
    private PollTurn firstTurn(PollSchedule schedule, Vendor vendor) {
        List<PollTurn> turns = new CopyOnWriteArrayList<>();
        candidates.add(schedule.turns(vendor, LONG).subscribe(turns::add));
        await().atMost(LIMIT).until(() -> !turns.isEmpty());
        return turns.getFirst();
    }

    /** Counts the reads, except those without Redis, as a machine that runs tests may pause. */
    private Disposable count(RedisConnection redis, AtomicInteger reads) {
        Disposable candidate = schedule(redis)
                .turns(Vendor.SIPSIM, SHORT)
                .filter(turn -> turn.reads() && redis.isConnected())
                .subscribe(turn -> reads.incrementAndGet());
        candidates.add(candidate);
        return candidate;
    }
}
