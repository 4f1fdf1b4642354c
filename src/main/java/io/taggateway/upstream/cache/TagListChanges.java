package io.taggateway.upstream.cache;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The transitions of an account's tags on their way to its listener: queued under its entry's lock, published outside.
 */
final class TagListChanges {

    private final TagListListener listener;
    private final Queue<TagListTransition> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    TagListChanges(TagListListener listener) {
        this.listener = listener;
    }

    TagListTransition add(TagListTransition transition) {
        if (transition.published()) {
            queue.add(transition);
        }
        return transition;
    }

    /** Publishes what is queued, unless another thread is about it, which then publishes this too. */
    void publish() {
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            for (TagListTransition next = queue.poll(); next != null; next = queue.poll()) {
                publish(next);
            }
            seen = waiting.addAndGet(-seen);
        }
    }

    private void publish(TagListTransition transition) {
        try {
            listener.changed(transition.before(), transition.after());
        } catch (RuntimeException e) {
            Operators.onErrorDropped(e, Context.empty());
        }
    }
}
