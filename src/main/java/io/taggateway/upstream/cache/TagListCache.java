package io.taggateway.upstream.cache;

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
import io.taggateway.upstream.guard.KeyedLock;
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

    TagListCache(TagSource vendorSource, boolean findsSingly, TagListEntry entry, Freshness freshness, Clock clock) {
        this.vendorSource = vendorSource;
        this.findsSingly = findsSingly;
        this.entry = entry;
        this.freshness = freshness;
        this.clock = clock;
        this.turns = new KeyedLock(vendorSource.vendor());
    }

    @Override
    public Vendor vendor() {
        return vendorSource.vendor();
    }

    @Override
    public void invalidate() {
        entry.take(TagListState::dropped);
    }

    @Override
    public Mono<TagList> list() {
        return result().map(TagListResult::list);
    }

    @Override
    public Mono<TagListResult> result() {
        return used(operation -> operation.requests().once(new Question(this), this::read));
    }

    /** Records in the operation's cache hint how long the list is fresh. */
    private Mono<TagListResult> used(Function<OperationContext, Mono<TagListResult>> read) {
        return OperationContext.defer(operation ->
                read.apply(operation).doOnNext(result -> operation.cacheHint().use(new UsedList(this, result))));
    }

    private Mono<TagListResult> read() {
        return Mono.defer(() -> {
            TagListState state = entry.withList();
            TagListResult current = state == null ? null : state.current();
            if (state == null || current == null) {
                return entry.load().map(TagListResult::fresh);
            }
            Duration age = age(current.list());
            if (state.invalidated() || age.compareTo(freshness.expireAfter()) >= 0) {
                return entry.load()
                        .map(TagListResult::fresh)
                        .onErrorResume(
                                SourceException.class,
                                failure -> stale(current.list(), failure)
                                        .map(stale -> state.writeRefused() && isFresh(age) ? current : stale));
            }
            if (state.load() == null && !isFresh(age)) {
                entry.load()
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
        return entry.load()
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
    public Mono<TagList> listAfresh() {
        return OperationContext.defer(operation -> entry.loadAfresh()
                .doOnNext(list -> operation.requests().replace(new Question(this), TagListResult.fresh(list))));
    }

    @Override
    public <T> Mono<T> exclusively(String key, Mono<T> work) {
        return turns.hold(key, work);
    }

    @Override
    public Mono<Tag> create(TagDraft draft) {
        return written(vendorSource.create(draft), null, draft.name());
    }

    @Override
    public Mono<Tag> update(Tag tag, TagChange change) {
        return written(vendorSource.update(tag, change), tag, change.name());
    }

    @Override
    public Mono<Void> delete(Tag tag) {
        return vendorSource
                .delete(tag)
                .doOnSuccess(gone -> written(tag, null, null))
                .doOnError(this::invalidate);
    }

    @Override
    public String storedColor(String hex) {
        return vendorSource.storedColor(hex);
    }

    @Override
    public @Nullable TagListResult cached() {
        TagListState state = entry.withList();
        return state == null ? null : state.current();
    }

    /** Removes the account's tags. */
    @Override
    public void close() {
        entry.clear();
    }

    /** Updates the cached list before the response to the write is returned. */
    private Mono<Tag> written(Mono<Tag> write, @Nullable Tag before, @Nullable String name) {
        return write.doOnNext(tag -> written(before, tag, became(tag, before, name) ? name : null))
                .doOnError(this::invalidate);
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

    private record Question(TagListCache source) {}

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
