package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Tests of the order in which waiters get a lock. */
class LocalKeyedLockTests {

    private final LocalKeyedLock lock = new LocalKeyedLock(Vendor.SWIPEONE, 50_000);
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @Test
    void workOnAKeyBeginsWhenEarlierWorkOnItHasEnded() {
        Sinks.One<String> first = Sinks.one();
        Sinks.One<String> second = Sinks.one();
        hold("a", "1", first);
        hold("a", "2", second);
        hold("a", "3", Sinks.one());
        hold("b", "other", Sinks.one());
        assertThat(begun).containsExactly("1", "other");
        first.tryEmitError(new IllegalStateException("broken"));
        await().until(() -> begun.contains("2"));
        assertThat(begun).doesNotContain("3");
        second.tryEmitValue("done");
        await().until(() -> begun.contains("3"));
    }

    @Test
    void cancelledWaiterIsSkippedAndReleasesNoLock() {
        Sinks.One<String> first = Sinks.one();
        hold("a", "1", first);
        Disposable waiting = hold("a", "2", Sinks.one());
        hold("a", "3", Sinks.one());
        waiting.dispose();
        assertThat(begun).containsExactly("1");
        first.tryEmitValue("done");
        await().until(() -> begun.contains("3"));
        assertThat(begun).containsExactly("1", "3");
    }

    @Test
    void lockIsGrantedToTheNextWhenItsHolderIsCancelled() {
        Disposable holder = hold("a", "1", Sinks.one());
        hold("a", "2", Sinks.one());
        holder.dispose();
        await().until(() -> begun.contains("2"));
    }

    @SlowTest
    @Test
    void stackDoesNotOverflowWhenWorkOfManyWaitersEndsAtOnce() {
        int many = 50_000;
        Sinks.One<String> first = Sinks.one();
        AtomicInteger done = new AtomicInteger();
        hold("a", "1", first);
        for (int i = 0; i < many; i++) {
            lock.hold("a", Mono.fromRunnable(done::incrementAndGet))
                    .contextWrite(TestOperation.context())
                    .subscribe();
        }
        assertThat(done).hasValue(0);
        first.tryEmitValue("done");
        await().untilAsserted(() -> assertThat(done).hasValue(many));
    }

    @Test
    void lockIsGrantedToTheNextWhenManyWaitersFailAtOnce() {
        int many = 1_000;
        Sinks.One<String> first = Sinks.one();
        AtomicInteger failed = new AtomicInteger();
        hold("a", "1", first);
        for (int i = 0; i < many; i++) {
            lock.hold("a", Mono.error(new IllegalStateException("broken")))
                    .contextWrite(TestOperation.context())
                    .subscribe(done -> {}, error -> failed.incrementAndGet());
        }
        hold("a", "last", Sinks.one());
        first.tryEmitError(new IllegalStateException("broken"));
        await().until(() -> begun.contains("last"));
        assertThat(failed).hasValue(many);
    }

    @Test
    void waiterIsRefusedAtOnceWhenTooManyWait() {
        LocalKeyedLock small = new LocalKeyedLock(Vendor.SWIPEONE, 2);
        for (int i = 0; i < 3; i++) {
            small.hold("a", Mono.never()).contextWrite(TestOperation.context()).subscribe();
        }
        assertRefused(small.hold("a", Mono.just("never")), FailureReason.OVERLOADED);
        TestOperation.verify(small.hold("b", Mono.just("other")))
                .expectNext("other")
                .verifyComplete();
    }

    @Test
    void waiterIsRefusedWhenItsTimeIsOver() {
        hold("a", "1", Sinks.one());
        SettableClock clock = new SettableClock(SampleFactory.NOON);
        StepVerifier.withVirtualTime(() -> lock.hold("a", Mono.just("never"))
                        .contextWrite(TestOperation.within(clock, Duration.ofSeconds(5))::in))
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(5))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.TIMEOUT));
        clock.advance(Duration.ofSeconds(5));
    }

    @Test
    void workIsNotStartedWhenItsOperationEndsFirst() {
        Sinks.One<String> first = Sinks.one();
        OperationContext operation = TestOperation.begin();
        hold("a", "1", first);
        lock.hold("a", Mono.fromRunnable(() -> begun.add("left")))
                .contextWrite(operation::in)
                .subscribe();
        hold("a", "3", Sinks.one());
        operation.cancellation().cancel();
        first.tryEmitValue("done");
        await().until(() -> begun.contains("3"));
        assertThat(begun).containsExactly("1", "3");
    }

    private static void assertRefused(Mono<?> work, FailureReason reason) {
        TestOperation.verify(work)
                .verifyErrorSatisfies(error -> assertThat(error).hasFieldOrPropertyWithValue("reason", reason));
    }

    private Disposable hold(String key, String name, Sinks.One<String> work) {
        return lock.hold(key, work.asMono().doOnSubscribe(subscription -> begun.add(name)))
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .subscribe();
    }
}
