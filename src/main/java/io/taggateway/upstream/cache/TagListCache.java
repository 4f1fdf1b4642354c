package io.taggateway.upstream.cache;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.upstream.cache.TagListExchange.Change;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.guard.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Caches an account's tags. Concurrent callers share one load; a list that is not fresh is returned and reloaded in the
 * background; if the request to the vendor fails, an expired list is returned, by default for up to an hour.
 */
public final class TagListCache implements TagSource, AutoCloseable {

    private final TagSource vendorSource;
    private final boolean findsSingly;
    private final TagListEntry entry;
    private final Freshness freshness;
    private final Clock clock;
    private final KeyedLock turns;
    private final TagListExchange.Member replicas;

    TagListCache(CachedSource source, TagListEntry entry, Freshness freshness, Clock clock) {
        this.vendorSource = source.vendorSource();
        this.findsSingly = source.findsSingly();
        this.entry = entry;
        this.freshness = freshness;
        this.clock = clock;
        this.turns = source.lock();
        this.replicas = source.replicas();
    }

    @Override
    public Vendor vendor() {
        return vendorSource.vendor();
    }

    @Override
    public void invalidate() {
        entry.take(TagListState::dropped);
        replicas.publish(Change.UNKNOWN).subscribe();
    }

    @Override
    public Mono<TagList> list() {
        return result().map(TagListResult::list);
    }

    @Override
    public Mono<TagListResult> result() {
        return used(operation -> operation.requests().once(new ReadKey(this), this::read));
    }

    /** Records in the operation's cache hint how long the list is fresh. */
    private Mono<TagListResult> used(Function<OperationContext, Mono<TagListResult>> read) {
        return OperationContext.defer(operation ->
                read.apply(operation).doOnNext(result -> operation.cacheHint().use(new UsedList(this, result))));
    }

    private Mono<TagList> request(boolean afresh) {
        return Mono.defer(() -> replicas.load(Mono.defer(vendorSource::list), afresh));
    }

    private Mono<TagListResult> read() {
        return Mono.defer(() -> {
            TagListState state = entry.withList();
            TagListResult current = state == null ? null : state.current();
            if (state == null || current == null) {
                return entry.load(request(false)).map(TagListResult::fresh);
            }
            Duration age = age(current.list());
            if (state.invalidated() || age.compareTo(freshness.expireAfter()) >= 0) {
                return entry.load(request(false))
                        .map(TagListResult::fresh)
                        .onErrorResume(
                                SourceException.class,
                                failure -> stale(current.list(), failure)
                                        .map(stale -> state.writeRefused() && isFresh(age) ? current : stale));
            }
            if (state.load() == null && !isFresh(age)) {
                entry.load(request(false))
                        .onErrorComplete()
                        .contextWrite(OperationContext.background("tag-refresh")::in)
                        .subscribe();
            }
            return Mono.just(current);
        });
    }

    /** The next operation looks up missing tags again, so its response may differ. */
    @Override
    public Mono<TagListResult> listFor(Collection<String> remoteIds) {
        return OperationContext.defer(operation -> listWith(remoteIds).doOnNext(result -> {
            if (findsSingly && !result.list().hasAll(remoteIds)) {
                operation.cacheHint().useOnce();
            }
        }));
    }

    private Mono<TagListResult> listWith(Collection<String> remoteIds) {
        return Mono.defer(() -> {
            TagListResult cached = cached();
            if (cached == null || !findsSingly || cached.list().hasAll(remoteIds)) {
                return result();
            }
            TagList list = cached.list();
            return used(operation -> operation.requests().once(new Renewal(this), () -> renewed(list)));
        });
    }

    /** Joins a load that may already be in progress. If it fails, the cached list is returned. */
    private Mono<TagListResult> renewed(TagList cached) {
        return entry.load(request(true))
                .map(TagListResult::fresh)
                .onErrorResume(
                        SourceException.class,
                        failure -> age(cached).compareTo(freshness.expireAfter()) < 0
                                ? Mono.just(new TagListResult(cached, failure))
                                : stale(cached, failure));
    }

    @Override
    public Mono<Tag> find(String remoteId) {
        return Mono.defer(() -> {
            Instant asked = clock.instant();
            return list().flatMap(list -> {
                Tag tag = list.find(remoteId);
                if (tag != null) {
                    return Mono.just(tag);
                }
                boolean asOfNow = !list.fetchedAt().isBefore(asked);
                if (findsSingly && !(asOfNow && list.isComplete())) {
                    return vendorSource.find(remoteId);
                }
                return list.isComplete()
                        ? Mono.empty()
                        : Mono.error(SourceException.of(vendor(), FailureReason.INVALID_RESPONSE));
            });
        });
    }

    @Override
    public Mono<TagList> reloadList() {
        return OperationContext.defer(operation -> {
            TagListResult before = cached();
            return entry.reload(request(true)).doOnNext(list -> {
                operation.requests().replace(new ReadKey(this), TagListResult.fresh(list));
                if (before != null && !before.list().hasSameTags(list)) {
                    replicas.publish(Change.UNKNOWN).subscribe();
                }
            });
        });
    }

    @Override
    public Mono<Void> loadStored() {
        return Mono.defer(() -> {
                    long version = entry.state().version();
                    // A list may be older than a change that became known meanwhile
                    return replicas.load(Mono.empty(), false).filter(stored -> {
                        TagListResult cached = cached();
                        return entry.state().version() == version
                                && (cached == null || cached.list().fetchedAt().isBefore(stored.fetchedAt()));
                    });
                })
                .flatMap(stored -> entry.load(Mono.just(stored)))
                .then();
    }

    @Override
    public <T> Mono<T> exclusively(String key, Mono<T> work) {
        Mono<Void> current = Mono.defer(replicas::catchUp)
                .flatMap(dropped -> dropped ? reloadList().then() : Mono.empty());
        return turns.hold(key, current.then(work));
    }

    @Override
    public Mono<Tag> create(TagDraft draft) {
        return written(Lease.confirm().then(vendorSource.create(draft)), null, draft.name());
    }

    @Override
    public Mono<Tag> update(Tag tag, TagChange change) {
        return written(Lease.confirm().then(vendorSource.update(tag, change)), tag, change.name());
    }

    @Override
    public Mono<Void> delete(Tag tag) {
        return Lease.confirm()
                .then(vendorSource.delete(tag))
                .doOnSuccess(gone -> written(tag, null, null))
                .doOnError(this::invalidate)
                .onErrorResume(error -> replicas.publish(Change.deleted(tag)).then(Mono.error(error)))
                .then(Mono.defer(() -> replicas.publish(Change.deleted(tag))));
    }

    @Override
    public Color storedColor(String hex) {
        return vendorSource.storedColor(hex);
    }

    @Override
    public @Nullable TagListResult cached() {
        TagListState state = entry.withList();
        return state == null || state.isChangedElsewhere() ? null : state.current();
    }

    /** Removes the account's tags. */
    @Override
    public void close() {
        replicas.close();
        entry.clear();
    }

    /** Updates the cached list, and publishes the change to the other replicas before the response is returned. */
    private Mono<Tag> written(Mono<Tag> write, @Nullable Tag before, @Nullable String name) {
        return write.doOnNext(tag -> written(before, tag, became(tag, before, name) ? name : null))
                .doOnError(this::invalidate)
                .onErrorResume(error -> replicas.publish(Change.of(before)).then(Mono.error(error)))
                .flatMap(tag -> replicas.publish(Change.of(tag)).thenReturn(tag));
    }

    /**
     * Whether the vendor stored another name than the one that was sent. If the old name stays, the new one was
     * refused.
     */
    private static boolean became(Tag tag, @Nullable Tag before, @Nullable String name) {
        return !tag.name().equals(name) && (before == null || !before.name().equals(tag.name()));
    }

    private void written(@Nullable Tag before, @Nullable Tag after, @Nullable String sent) {
        TagListWrite write = new TagListWrite(before, after, sent, clock.instant());
        entry.take(state -> state.assuming(before));
        entry.take(state -> state.written(write));
    }

    private void invalidate(Throwable error) {
        entry.take(state -> state.invalidate(error));
    }

    /**
     * No stale list is returned if the vendor refuses the credentials, as they may have been revoked on purpose, or if
     * the operation exceeds a limit, as the vendor is available.
     */
    private Mono<TagListResult> stale(TagList list, SourceException failure) {
        boolean refused = failure.reason() == FailureReason.AUTH_FAILED
                || failure.reason() == FailureReason.FORBIDDEN
                || failure.reason() == FailureReason.REQUEST_LIMIT;
        boolean tooOld = age(list).compareTo(freshness.staleIfError()) > 0;
        return refused || tooOld ? Mono.error(failure) : Mono.just(new TagListResult(list, failure));
    }

    private boolean isFresh(Duration age) {
        return age.compareTo(freshness.freshFor()) < 0;
    }

    private Duration age(TagList list) {
        return Duration.between(list.fetchedAt(), clock.instant());
    }

    private record ReadKey(TagListCache source) {}

    private record Renewal(TagListCache source) {}

    /** A list that a response was computed from. */
    private record UsedList(TagListCache source, TagListResult result) implements CacheHint.Source {

        @Override
        public boolean isCurrent() {
            return source.entry.state().isCurrent(result.list());
        }

        @Override
        public Instant fetchedAt() {
            return result.list().fetchedAt();
        }

        @Override
        public Instant freshUntil() {
            return result.staleBecause() == null ? fetchedAt().plus(source.freshness.freshFor()) : fetchedAt();
        }
    }
}
