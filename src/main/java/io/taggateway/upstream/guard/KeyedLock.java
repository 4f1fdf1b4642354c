package io.taggateway.upstream.guard;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Runs work on the same key one after the other, in the order of subscription, without blocking. */
public final class KeyedLock {

    /** By key who holds the lock, and behind it who waits. */
    private final Map<String, LinkedHashSet<Sinks.Empty<Void>>> queues = new HashMap<>();

    /** Work that begins when all earlier work on the key has ended or was cancelled. */
    public <T> Mono<T> hold(String key, Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> turn = Sinks.empty();
            // Whoever waited goes on in another thread, as the stack would grow with each work that ends at once
            Mono<T> begun = join(key, turn)
                    ? work
                    : turn.asMono().publishOn(Schedulers.parallel()).then(work);
            return begun.doFinally(signal -> {
                Sinks.Empty<Void> next = leave(key, turn);
                if (next != null) {
                    next.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
                }
            });
        });
    }

    /** Enqueues a turn; true where it is the first. */
    private synchronized boolean join(String key, Sinks.Empty<Void> turn) {
        LinkedHashSet<Sinks.Empty<Void>> queue = queues.computeIfAbsent(key, absent -> new LinkedHashSet<>());
        queue.addLast(turn);
        return queue.size() == 1;
    }

    /** The next in turn; null where there is none, or this one was cancelled while it waited. */
    private synchronized Sinks.@Nullable Empty<Void> leave(String key, Sinks.Empty<Void> turn) {
        LinkedHashSet<Sinks.Empty<Void>> queue = queues.getOrDefault(key, new LinkedHashSet<>());
        boolean held = !queue.isEmpty() && queue.getFirst().equals(turn);
        queue.remove(turn);
        if (queue.isEmpty()) {
            queues.remove(key);
            return null;
        }
        return held ? queue.getFirst() : null;
    }
}
