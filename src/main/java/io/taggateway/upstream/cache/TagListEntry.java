package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagListAnswer;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The entry of an account in its vendor's cache, which stores a state as long as that has a list, and takes one step
 * after the other.
 */
final class TagListEntry {

    private final Cache<TagListEntry, TagListState> states;
    private final TagListListener listener;
    private final Queue<Transition> transitions = new ConcurrentLinkedQueue<>();
    private volatile TagListState withoutList = TagListState.INITIAL;

    TagListEntry(Cache<TagListEntry, TagListState> states, TagListListener listener) {
        this.states = states;
        this.listener = listener;
    }

    /** The state, where it has a list; null where it has none. Counts as a use of the cache. */
    @Nullable
    TagListState withList() {
        return states.getIfPresent(this);
    }

    TagListState state() {
        TagListState stored = states.policy().getIfPresentQuietly(this);
        return stored == null ? withoutList : stored;
    }

    /** Takes a step, atomically, and notifies the listener where it leads to another version. */
    Transition take(UnaryOperator<TagListState> step) {
        AtomicReference<Transition> taken = new AtomicReference<>();
        states.asMap().compute(this, (key, stored) -> {
            TagListState before = stored == null ? withoutList : stored;
            TagListState after = step.apply(before);
            Transition transition = new Transition(before, after);
            taken.setPlain(transition);
            if (transition.isNewVersion()) {
                transitions.add(transition);
            }
            boolean listed = after.current() != null;
            withoutList = listed ? TagListState.INITIAL : after;
            return listed ? after : null;
        });
        publish();
        return Objects.requireNonNull(taken.getPlain());
    }

    /** The cache has removed the list, under the lock of this entry; what listeners know outlives only its expiry. */
    void removed(TagListState state, boolean expired) {
        withoutList = expired ? state.expired() : state.evicted();
    }

    /** Forgets everything. */
    void clear() {
        withoutList = TagListState.INITIAL;
        states.invalidate(this);
    }

    /** When this is done, the listener knows of every step that the caller has taken, whoever published it. */
    private synchronized void publish() {
        for (Transition next = transitions.poll(); next != null; next = transitions.poll()) {
            try {
                listener.changed(next.before, next.after);
            } catch (RuntimeException e) {
                Operators.onErrorDropped(e, Context.empty());
            }
        }
    }

    /** One step, after which the state is the same where the step was not accepted. */
    record Transition(TagListState before, TagListState after) {

        boolean isNewVersion() {
            return before.version() != after.version();
        }

        /** A list that has landed, as the state has it where it was accepted. */
        TagList landed(TagList list) {
            TagListAnswer current = after.current();
            return current == null || !isNewVersion() ? list : current.list();
        }
    }
}
