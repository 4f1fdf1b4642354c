package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.FatalErrorRelay;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagListResult;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The entry of an account in its vendor's cache, which stores a state as long as it has a list. Transitions are applied
 * one after the other. A list is loaded once for all waiting operations, each of which waits no longer than its own
 * deadline.
 */
final class TagListEntry {

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(20);

    private final Vendor vendor;
    private final Cache<TagListEntry, TagListState> states;
    private final Predicate<TagList> fresh;
    private final BiConsumer<TagListState, TagListState> listener;
    private final BooleanSupplier watched;
    private final Queue<Transition> transitions = new ConcurrentLinkedQueue<>();
    private volatile TagListState withoutList = TagListState.INITIAL;

    /**
     * An entry without a list.
     *
     * @param fresh whether a list is fresh
     * @param listener receives the states of each transition, in the order of their versions
     * @param watched whether changes have subscribers now
     */
    TagListEntry(
            Vendor vendor,
            Cache<TagListEntry, TagListState> states,
            Predicate<TagList> fresh,
            BiConsumer<TagListState, TagListState> listener,
            BooleanSupplier watched) {
        this.vendor = vendor;
        this.states = states;
        this.fresh = fresh;
        this.listener = listener;
        this.watched = watched;
    }

    /** The state if it has a list, or else null. Counts as a use of the cache. */
    @Nullable
    TagListState withList() {
        return states.getIfPresent(this);
    }

    TagListState state() {
        TagListState stored = states.policy().getIfPresentQuietly(this);
        return stored == null ? withoutList : stored;
    }

    /** The list of the load in progress, or else of a new one by a request. */
    Mono<TagList> load(Mono<TagList> request) {
        return load(request, false);
    }

    /** The list of a new load by a request, which replaces any other load. */
    Mono<TagList> reload(Mono<TagList> request) {
        return load(request, true);
    }

    private Mono<TagList> load(Mono<TagList> request, boolean afresh) {
        return Mono.deferContextual(context -> {
            OperationContext operation = OperationContext.of(context);
            Duration wait = operation.deadline().remaining(LOAD_LIMIT);
            if (wait.isNegative()) {
                return late();
            }
            CompletableFuture<TagList> running = afresh ? null : state().load();
            Mono<TagList> landing = running == null
                    ? operation
                            .requests()
                            .charge(vendor, Mono.defer(() -> Mono.fromFuture(begin(request, afresh, context), true)))
                    : Mono.fromFuture(running, true);
            return FatalErrorRelay.catching(landing.timeout(wait, late()));
        });
    }

    /** Begins a load, which continues when its callers disconnect, or returns one that has just begun. */
    private CompletableFuture<TagList> begin(Mono<TagList> request, boolean afresh, ContextView caller) {
        CompletableFuture<TagList> promise = new CompletableFuture<>();
        TagListState state = take(before -> afresh || before.load() == null ? before.loading(promise) : before)
                .after();
        if (state.load() != null && !state.awaits(promise)) {
            return state.load();
        }
        FatalErrorRelay.failing(request)
                .timeout(LOAD_LIMIT, late())
                .contextWrite(OperationContext.detached(caller))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(vendor + " returned no list")))
                .subscribe(list -> loaded(promise, list), error -> loadFailed(promise, error));
        return promise;
    }

    private void loaded(CompletableFuture<TagList> promise, TagList list) {
        promise.complete(take(state -> state.loaded(promise, list)).loaded(list));
    }

    private void loadFailed(CompletableFuture<TagList> promise, Throwable error) {
        take(state -> state.loadFailed(promise, error, fresh));
        promise.completeExceptionally(error);
    }

    private <T> Mono<T> late() {
        return Mono.error(() -> SourceException.of(vendor, FailureReason.TIMEOUT));
    }

    /** Applies a step atomically, and notifies the listener if the version changes. */
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

    /** Notifies the listener of every transition before this call, in order. */
    private synchronized void publish() {
        for (Transition next = transitions.poll(); next != null; next = transitions.poll()) {
            try {
                listener.accept(next.before, next.after);
            } catch (RuntimeException e) {
                Operators.onErrorDropped(e, Context.empty());
            }
        }
    }

    /**
     * Handles the removal of the list from the cache, under the lock of this entry. What listeners know is kept only
     * after an expiry and only if there are listeners, as the bound of the cache does not include it.
     */
    void removed(TagListState state, boolean expired) {
        withoutList = expired && watched.getAsBoolean() ? state.expired() : state.evicted();
    }

    /** Removes the list and the state. */
    void clear() {
        withoutList = TagListState.INITIAL;
        states.invalidate(this);
    }

    /** One transition. The state stays the same if it is not accepted. */
    record Transition(TagListState before, TagListState after) {

        boolean isNewVersion() {
            return before.version() != after.version();
        }

        /** A loaded list, in the form of the state if it was accepted. */
        TagList loaded(TagList list) {
            TagListResult current = after.current();
            return current == null || !isNewVersion() ? list : current.list();
        }
    }
}
