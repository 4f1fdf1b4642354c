package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whose turn it is. */
class KeyedLockTests {

    private final KeyedLock lock = new KeyedLock();
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
    void cancelledHolderLetsTheNextIn() {
        Disposable holder = hold("a", "1", Sinks.one());
        hold("a", "2", Sinks.one());
        holder.dispose();
        await().until(() -> begun.contains("2"));
    }

    @Test
    void manyWaitersWhoseWorkEndsAtOnceFitOnTheStack() {
        int many = 50_000;
        Sinks.One<String> first = Sinks.one();
        AtomicInteger done = new AtomicInteger();
        hold("a", "1", first);
        for (int i = 0; i < many; i++) {
            lock.hold("a", Mono.fromRunnable(done::incrementAndGet)).subscribe();
        }
        assertThat(done).hasValue(0);
        first.tryEmitValue("done");
        await().untilAsserted(() -> assertThat(done).hasValue(many));
    }

    private Disposable hold(String key, String name, Sinks.One<String> work) {
        return lock.hold(key, work.asMono().doOnSubscribe(subscription -> begun.add(name)))
                .onErrorComplete()
                .subscribe();
    }
}
