package io.taggateway.upstream.cache;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.Deadline;
import io.taggateway.tagging.operation.OperationMemo;
import io.taggateway.tagging.operation.RequestBudget;
import io.taggateway.tagging.operation.ShelfLife;
import io.taggateway.tagging.source.TagChange;
import io.taggateway.tagging.source.TagDraft;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagListAnswer;
import io.taggateway.tagging.source.TagSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * An account's tags out of memory: one load for all that wait, old lists answered at once and loaded again behind, and
 * lists up to an hour old when the vendor cannot be asked.
 */
public final class TagListCache implements TagSource, AutoCloseable {

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(20);

    private final TagSource vendorSource;
    private final boolean findsSingly;
    private final TagListStore store;
    private final Freshness freshness;
    private final TagListChanges changes;
    private volatile TagListState withoutList = TagListState.INITIAL;

    TagListCache(TagSource vendorSource, boolean findsSingly, TagListStore store, TagListListener listener) {
        this.vendorSource = vendorSource;
        this.findsSingly = findsSingly;
        this.store = store;
        this.freshness = store.freshness();
        this.changes = new TagListChanges(listener);
    }

    @Override
    public Vendor vendor() {
        return vendorSource.vendor();
    }

    @Override
    public Mono<TagList> list() {
        return answer().map(TagListAnswer::list);
    }

    @Override
    public Mono<TagListAnswer> answer() {
        return used(OperationMemo.once(new Question(this), this::read));
    }

    /** An answer of which it is known afterwards how long it does for others. */
    private Mono<TagListAnswer> used(Mono<TagListAnswer> read) {
        return Mono.deferContextual(context -> read.doOnNext(answer -> {
            Duration freshFor = answer.staleBecause() == null ? freshness.freshFor() : Duration.ZERO;
            ShelfLife.use(context, answer.list().fetchedAt(), freshFor);
        }));
    }

    private Mono<TagListAnswer> read() {
        return Mono.defer(() -> {
            TagListState state = store.find(this);
            TagListAnswer current = state == null ? null : state.current();
            if (state == null || current == null) {
                return load(false).map(TagListAnswer::fresh);
            }
            Duration age = store.age(current.list());
            if (state.invalidated() || age.compareTo(freshness.expireAfter()) >= 0) {
                return load(false)
                        .map(TagListAnswer::fresh)
                        .onErrorResume(SourceException.class, failure -> stale(current.list(), failure));
            }
            if (age.compareTo(freshness.freshFor()) >= 0) {
                load(false).onErrorComplete().subscribe();
            }
            return Mono.just(current);
        });
    }

    @Override
    public Mono<TagListAnswer> listFor(Collection<String> remoteIds) {
        return Mono.defer(() -> {
            TagListAnswer cached = cached();
            boolean lacking = cached != null
                    && findsSingly
                    && remoteIds.stream().anyMatch(remoteId -> cached.list().find(remoteId) == null);
            return lacking ? used(OperationMemo.once(new Renewal(this), () -> renewed(cached.list()))) : answer();
        });
    }

    /** A load that may already be under way; where it fails, what is cached is answered as it would be without it. */
    private Mono<TagListAnswer> renewed(TagList cached) {
        return load(false)
                .map(TagListAnswer::fresh)
                .onErrorResume(
                        SourceException.class,
                        failure -> store.age(cached).compareTo(freshness.expireAfter()) < 0
                                ? Mono.just(new TagListAnswer(cached, failure))
                                : stale(cached, failure));
    }

    @Override
    public Mono<Tag> find(String remoteId) {
        return Mono.defer(() -> {
            Instant asked = store.clock().instant();
            return list().flatMap(list -> {
                Tag tag = list.find(remoteId);
                if (tag != null) {
                    return Mono.just(tag);
                }
                boolean asOfNow = !list.fetchedAt().isBefore(asked);
                return findsSingly && !asOfNow ? vendorSource.find(remoteId) : Mono.empty();
            });
        });
    }

    @Override
    public Mono<TagList> listAfresh() {
        return load(true);
    }

    @Override
    public Mono<Tag> create(TagDraft draft) {
        return written(vendorSource.create(draft), null);
    }

    @Override
    public Mono<Tag> update(Tag tag, TagChange change) {
        return written(vendorSource.update(tag, change), tag);
    }

    @Override
    public Mono<Void> delete(Tag tag) {
        return vendorSource
                .delete(tag)
                .doOnSuccess(gone -> written(tag, list -> list.without(tag)))
                .doOnError(error -> invalidated());
    }

    @Override
    public String storedColor(String hex) {
        return vendorSource.storedColor(hex);
    }

    @Override
    public @Nullable TagListAnswer cached() {
        TagListState state = store.find(this);
        return state == null ? null : state.current();
    }

    /** Forgets the account's tags. */
    @Override
    public void close() {
        withoutList = TagListState.INITIAL;
        store.remove(this);
    }

    /** The list is no longer stored. Called under the lock of the account's entry. */
    void removed(TagListState rest) {
        withoutList = rest;
    }

    /** Before a write is answered, what is cached shows it. */
    private Mono<Tag> written(Mono<Tag> write, @Nullable Tag before) {
        return write.doOnNext(tag -> written(before, list -> list.with(List.of(tag))))
                .doOnError(error -> invalidated());
    }

    private Mono<TagList> load(boolean afresh) {
        return Mono.deferContextual(context -> {
            Duration wait = Deadline.remaining(context, store.clock(), LOAD_LIMIT);
            if (wait.isNegative()) {
                return late();
            }
            Mono<TagList> landing = Mono.defer(
                    () -> Mono.fromFuture(underWay(afresh, context), true).timeout(wait, late()));
            boolean shared = !afresh && state().load() != null;
            return shared ? landing : RequestBudget.charge(vendor(), landing);
        });
    }

    /** The load under way, which goes on when those who wait for it leave, or a new one. */
    private CompletableFuture<TagList> underWay(boolean afresh, ContextView caller) {
        CompletableFuture<TagList> promise = new CompletableFuture<>();
        CompletableFuture<TagList> running = transition(
                        state -> afresh || state.load() == null ? state.loading(promise) : state)
                .after()
                .load();
        if (running != null && running != promise) {
            return running;
        }
        begin(promise, caller);
        return promise;
    }

    /** Of the caller that begins it, a load has the trace and the id, and neither the deadline nor the memo. */
    private void begin(CompletableFuture<TagList> promise, ContextView caller) {
        Mono.defer(vendorSource::list)
                .timeout(LOAD_LIMIT, late())
                .contextWrite(context -> LoadOrigin.keep(context, caller))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(vendor() + " listed nothing at all")))
                .subscribe(list -> landed(promise, list), error -> failed(promise, error));
    }

    private void landed(CompletableFuture<TagList> promise, TagList list) {
        TagListTransition landing = transition(state -> state.landed(promise, list));
        TagList kept = landing.after().list();
        promise.complete(landing.accepted() && kept != null ? kept : list);
    }

    private void failed(CompletableFuture<TagList> promise, Throwable error) {
        transition(state -> state.failed(promise, error));
        promise.completeExceptionally(error);
    }

    private void written(@Nullable Tag before, UnaryOperator<TagList> write) {
        transition(state -> state.assuming(before));
        transition(state -> state.written(write));
    }

    private void invalidated() {
        transition(TagListState::invalidate);
    }

    private TagListTransition transition(UnaryOperator<TagListState> step) {
        TagListTransition transition = store.compute(this, stored -> {
            TagListState before = stored == null ? withoutList : stored;
            TagListState after = step.apply(before);
            withoutList = after.current() == null ? after : TagListState.INITIAL;
            return changes.add(new TagListTransition(before, after));
        });
        changes.publish();
        return transition;
    }

    private TagListState state() {
        TagListState stored = store.peek(this);
        return stored == null ? withoutList : stored;
    }

    /**
     * Refused credentials may have been taken away on purpose, so they get no old answers; nor does an operation that
     * needs too much, as the vendor could have been asked.
     */
    private Mono<TagListAnswer> stale(TagList list, SourceException failure) {
        boolean refused = failure.reason() == FailureReason.AUTH_FAILED
                || failure.reason() == FailureReason.FORBIDDEN
                || failure.reason() == FailureReason.REQUEST_LIMIT;
        boolean tooOld = store.age(list).compareTo(freshness.staleIfError()) > 0;
        return refused || tooOld ? Mono.error(failure) : Mono.just(new TagListAnswer(list, failure));
    }

    private <T> Mono<T> late() {
        return Mono.error(() -> SourceException.of(vendor(), FailureReason.TIMEOUT));
    }

    private record Question(TagListCache source) {}

    private record Renewal(TagListCache source) {}
}
