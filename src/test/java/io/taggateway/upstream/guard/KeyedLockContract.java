package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The contract of every {@link KeyedLock}, also of those that replicas share. */
public abstract class KeyedLockContract {

    protected static final Duration LIMIT = Duration.ofSeconds(15);

    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<Disposable> held = new ArrayList<>();

    /** Otherwise, work that still waits would get the lock in the next test. */
    @AfterEach
    protected void cancelWork() {
        held.forEach(Disposable::dispose);
        held.clear();
        begun.clear();
    }

    /** The lock of one replica or of another, which are the same where there is one replica only. */
    protected abstract KeyedLock lock(int replica);

    @Test
    void workOnAKeyBeginsWhenEarlierWorkHasEnded() {
        Sinks.One<String> first = Sinks.one();
        Sinks.One<String> second = Sinks.one();
        hold(0, "a", "1", first);
        await().until(() -> begun.contains("1"));
        hold(1, "a", "2", second);
        hold(1, "b", "other", Sinks.one());
        await().until(() -> begun.contains("other"));
        assertThat(begun).containsExactly("1", "other");
        first.tryEmitError(new IllegalStateException("broken"));
        await().until(() -> begun.contains("2"));
    }

    @Test
    void lockIsGrantedToTheNextWhenItsHolderIsCancelled() {
        Disposable holder = hold(0, "a", "1", Sinks.one());
        await().until(() -> begun.contains("1"));
        hold(1, "a", "2", Sinks.one());
        holder.dispose();
        await().until(() -> begun.contains("2"));
    }

    @Test
    void cancelledWaiterHoldsNoLock() {
        Sinks.One<String> first = Sinks.one();
        hold(0, "a", "1", first);
        await().until(() -> begun.contains("1"));
        hold(1, "a", "2", Sinks.one()).dispose();
        hold(0, "a", "3", Sinks.one());
        first.tryEmitValue("done");
        await().until(() -> begun.contains("3"));
        assertThat(begun).containsExactly("1", "3");
    }

    @Test
    void workIsRefusedWhenItsTimeIsOver() {
        hold(0, "a", "1", Sinks.one());
        await().until(() -> begun.contains("1"));
        OperationContext operation = TestOperation.within(Clock.systemUTC(), Duration.ofMillis(200));
        assertFails(lock(1).hold("a", Mono.just("never")).contextWrite(operation::in), FailureReason.TIMEOUT);
    }

    @Test
    void lockIsGrantedToTheNextWhenWorkFails() {
        TestOperation.verify(lock(0).hold("a", Mono.error(new IllegalStateException("broken"))))
                .verifyErrorMessage("broken");
        TestOperation.verify(lock(1).hold("a", Mono.just("next")))
                .expectNext("next")
                .verifyComplete();
    }

    protected final Disposable hold(int replica, String key, String name, Sinks.One<String> result) {
        Disposable work = lock(replica)
                .hold(key, result.asMono().doOnSubscribe(subscription -> begun.add(name)))
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .subscribe();
        held.add(work);
        return work;
    }

    protected final List<String> begun() {
        return begun;
    }

    /** Expects a failure of a reason. */
    protected static void assertFails(Mono<?> work, FailureReason reason) {
        TestOperation.verify(work.timeout(LIMIT))
                .verifyErrorSatisfies(error -> assertThat(error).hasFieldOrPropertyWithValue("reason", reason));
    }
}
