package io.taggateway.upstream.guard;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets works on the same thing go on one after the other, in the order of their subscriptions, without blocking.
 *
 * @param <K> what is worked on
 */
public final class SerialExecution<K> {

    private final Map<K, CompletableFuture<@Nullable Void>> last = new ConcurrentHashMap<>();

    /** A work that begins when all works on the same thing that were subscribed to earlier have ended. */
    public <T> Mono<T> after(K key, Mono<T> work) {
        return Mono.defer(() -> {
            CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
            CompletableFuture<@Nullable Void> before = last.put(key, mine);
            Mono<T> begun =
                    before == null ? work : Mono.fromFuture(before, true).then(work);
            return begun.doFinally(signal -> end(key, mine, before));
        });
    }

    /** A work that was cancelled while it waited must not let the next one begin before its time. */
    private void end(
            K key, CompletableFuture<@Nullable Void> mine, @Nullable CompletableFuture<@Nullable Void> before) {
        if (before == null || before.isDone()) {
            last.remove(key, mine);
            mine.complete(null);
        } else {
            before.whenComplete((done, error) -> end(key, mine, null)).isDone();
        }
    }
}
