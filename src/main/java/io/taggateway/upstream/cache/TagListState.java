package io.taggateway.upstream.cache;

import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.upstream.cache.TagListExchange.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cached state of one account's tags between two transitions.
 *
 * @param current the list that is returned; null if there is none
 * @param known the tags that listeners know; complete as soon as one complete list has been read
 * @param load the load in progress whose result is accepted; null if there is none
 * @param invalidation why the current list is returned only if a load fails: the failure of a write that may have
 *     changed it, a later list, or a change by another replica; null if it is valid
 * @param writes recent writes, in their order
 * @param version the number of transitions
 */
record TagListState(
        @Nullable TagListResult current,
        TagList known,
        @Nullable CompletableFuture<TagList> load,
        @Nullable Throwable invalidation,
        List<TagListWrite> writes,
        long version) {

    /** The time for which a vendor's list may lag behind a write. */
    static final Duration WRITE_GRACE = Duration.ofSeconds(10);

    private static final Set<FailureReason> UNKNOWN_OUTCOMES = Set.of(
            FailureReason.UNAVAILABLE,
            FailureReason.SERVER_ERROR,
            FailureReason.TIMEOUT,
            FailureReason.INVALID_RESPONSE);

    private static final TagList NOTHING_KNOWN =
            TagList.of(List.of(), Instant.EPOCH).incomplete();

    /** The state before anything was read or written. */
    static final TagListState INITIAL = new TagListState(null, NOTHING_KNOWN, null, null, List.of(), 0);

    /** This state without its expired list, which listeners still know. */
    TagListState expired() {
        return new TagListState(null, known, load, invalidation, writes, version);
    }

    /** The state after a change by another replica, which a load in progress may not have seen. */
    TagListState changedElsewhere(Change change) {
        List<TagListWrite> kept = TagListWrite.withoutUndone(writes, change);
        return new TagListState(current, known, null, new ChangedElsewhereException(), kept, version + 1);
    }

    boolean isChangedElsewhere() {
        return invalidation instanceof ChangedElsewhereException;
    }

    /** This state without its list and without a load in progress, whose list may be older than required. */
    TagListState dropped() {
        return new TagListState(null, known, null, invalidation, writes, version + 1);
    }

    /** This state after the eviction of its list, or after its expiry without listeners. */
    TagListState evicted() {
        return new TagListState(null, NOTHING_KNOWN, load, invalidation, writes, version);
    }

    /** This state with a load in progress, which replaces any other. */
    TagListState loading(CompletableFuture<TagList> promise) {
        return new TagListState(current, known, promise, invalidation, writes, version);
    }

    /** The state after a load has completed; the load is not accepted if another transition has superseded it. */
    TagListState loaded(CompletableFuture<TagList> promise, TagList list) {
        if (!awaits(promise)) {
            // The current list is older than one that was returned, so it must not be returned after that
            boolean older = current != null && current.list().fetchedAt().isBefore(list.fetchedAt());
            Throwable cause = invalidation == null && older
                    ? new IllegalStateException("A later list was returned")
                    : invalidation;
            return new TagListState(current, known, load, cause, writes, version);
        }
        TagList now = withWrites(list).storingAs(known);
        TagList seen = now.isComplete() ? now : known.isComplete() ? known.with(now.tags()) : known;
        List<TagListWrite> recent = writes.stream()
                .filter(write -> write.mayBeMissingAt(list.fetchedAt()))
                .toList();
        return new TagListState(
                TagListResult.fresh(now.withVersion(version + 1)), seen, null, null, recent, version + 1);
    }

    /** A list of the vendor with recent writes applied, as the vendor's reads may lag behind its writes. */
    TagList withWrites(TagList list) {
        TagList now = list;
        for (int i = 0; i < writes.size(); i++) {
            TagListWrite write = writes.get(i);
            if (write.mayBeMissingAt(list.fetchedAt())) {
                now = write.in(now, writes.subList(0, i));
            }
        }
        return now;
    }

    /** The state after a failed load. The list is stale if it was not fresh before. */
    TagListState loadFailed(CompletableFuture<TagList> promise, Throwable error, Predicate<TagList> fresh) {
        if (!awaits(promise)) {
            return this;
        }
        TagListResult stale =
                current == null || !(error instanceof SourceException failure) || fresh.test(current.list())
                        ? current
                        : new TagListResult(current.list(), failure);
        return new TagListState(stale, known, null, invalidation, writes, version + 1);
    }

    /** This state with a tag that a writer knows, for listeners, as long as no list was read. */
    TagListState assuming(@Nullable Tag tag) {
        return tag == null || known.isComplete() || known.find(tag.remoteId()) != null
                ? this
                : new TagListState(current, known.with(List.of(tag)), load, invalidation, writes, version);
    }

    /** The state after a tag was written. The list includes the write, and no earlier load can undo it. */
    TagListState written(TagListWrite write) {
        TagListResult changed = current == null
                ? null
                : new TagListResult(write.shown(current.list()).withVersion(version + 1), current.staleBecause());
        List<TagListWrite> recent = Stream.concat(
                        writes.stream().filter(earlier -> earlier.mayBeMissingAt(write.at())), Stream.of(write))
                .toList();
        return new TagListState(changed, write.shown(known), null, invalidation, recent, version + 1);
    }

    /** The state after a write whose effect is unknown. */
    TagListState invalidate(Throwable error) {
        Throwable first = invalidation == null || isRefusal(invalidation) ? error : invalidation;
        return new TagListState(current, known, null, first, writes, version + 1);
    }

    /** Whether the list must be reloaded. */
    boolean invalidated() {
        return invalidation != null;
    }

    /** Whether the vendor refused the write, so that the list is still valid. */
    boolean writeRefused() {
        return invalidation != null && isRefusal(invalidation);
    }

    private static boolean isRefusal(Throwable error) {
        return error instanceof SourceException failure && !UNKNOWN_OUTCOMES.contains(failure.reason());
    }

    /** The changes since another state, each of them once. The first complete list has no changes. */
    List<TagEvent> changesSince(TagListState before, Instant at) {
        TagList then = before.known;
        if (then == known || (known.isComplete() && !then.isComplete())) {
            return List.of();
        }
        Stream<@Nullable TagEvent> differences =
                then.tags().stream().map(tag -> TagEvent.between(tag, known.find(tag.remoteId()), at));
        Stream<TagEvent> additions = known.tags().stream()
                .filter(tag -> then.find(tag.remoteId()) == null)
                .map(tag -> TagEvent.created(tag, at));
        return Stream.concat(differences.flatMap(Stream::ofNullable), additions).toList();
    }

    /** Whether a list is the current one, which is returned without a request to the vendor. */
    boolean isCurrent(TagList list) {
        return current != null && !invalidated() && current.list().version() == list.version();
    }

    /** Whether the result of a load is accepted. Loads are compared by identity, as futures have no other equality. */
    @SuppressWarnings("ReferenceEquality")
    boolean awaits(CompletableFuture<TagList> promise) {
        return load == promise;
    }

    /** A change by another replica, which is never thrown. */
    private static final class ChangedElsewhereException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ChangedElsewhereException() {
            super("Changed by another replica", null, false, false);
        }
    }
}
