package io.taggateway.upstream.cache;

import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagListAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the cache has of one account's tags, between two transitions.
 *
 * @param current what is answered; null where there is no list
 * @param known what listeners know; complete as soon as one complete list has been read
 * @param load the load under way that may land; null where there is none
 * @param invalidated whether a write may have changed what is current, so that it is only answered where a load fails
 * @param version how many transitions there have been
 */
record TagListState(
        @Nullable TagListAnswer current,
        TagList known,
        @Nullable CompletableFuture<TagList> load,
        boolean invalidated,
        long version) {

    private static final TagList NOTHING_KNOWN =
            TagList.of(List.of(), Instant.EPOCH).incomplete();

    /** The state before anything was read or written. */
    static final TagListState INITIAL = new TagListState(null, NOTHING_KNOWN, null, false, 0);

    /** This state when the list has expired, which listeners still know. */
    TagListState expired() {
        return new TagListState(null, known, load, invalidated, version);
    }

    /** This state when there was no space for the list. */
    TagListState evicted() {
        return new TagListState(null, NOTHING_KNOWN, load, invalidated, version);
    }

    /** This state with a load under way, in the place of any other. */
    TagListState loading(CompletableFuture<TagList> promise) {
        return new TagListState(current, known, promise, invalidated, version);
    }

    /** A load has landed; not accepted where something has overtaken it. */
    TagListState landed(CompletableFuture<TagList> promise, TagList list) {
        if (!awaits(promise)) {
            return this;
        }
        TagList seen = list.isComplete() ? list : known.isComplete() ? known.with(list.tags()) : known;
        TagList stamped = list.withVersion(version + 1);
        return new TagListState(TagListAnswer.fresh(stamped), seen, null, false, version + 1);
    }

    /** A load has failed, of which nothing but a failure to ask the vendor makes the list stale. */
    TagListState failed(CompletableFuture<TagList> promise, Throwable error) {
        if (!awaits(promise)) {
            return this;
        }
        TagListAnswer stale = current == null || !(error instanceof SourceException failure)
                ? current
                : new TagListAnswer(current.list(), failure);
        return new TagListState(stale, known, null, invalidated, version + 1);
    }

    /** This state with what a writer knows of a tag, which listeners take over as long as nothing was read. */
    TagListState assuming(@Nullable Tag tag) {
        return tag == null || known.isComplete() || known.find(tag.remoteId()) != null
                ? this
                : new TagListState(current, known.with(List.of(tag)), load, invalidated, version);
    }

    /** A tag has been written: the list shows it, and no load that began earlier can undo that. */
    TagListState written(UnaryOperator<TagList> write) {
        TagListAnswer changed = current == null
                ? null
                : new TagListAnswer(write.apply(current.list()).withVersion(version + 1), current.staleBecause());
        return new TagListState(changed, write.apply(known), null, invalidated, version + 1);
    }

    /** What a failed write has done is not known. */
    TagListState invalidate() {
        return new TagListState(current, known, null, true, version + 1);
    }

    /**
     * What has changed for listeners since another state, each change once, whether a write or a read shows it first.
     * There is nothing to compare the first complete list with.
     */
    List<TagEvent> changesSince(TagListState before, Instant at) {
        TagList then = before.known;
        if (then == known || (known.isComplete() && !then.isComplete())) {
            return List.of();
        }
        Stream<@Nullable TagEvent> differences =
                then.tags().stream().map(tag -> difference(tag, known.find(tag.remoteId()), at));
        Stream<TagEvent> additions = known.tags().stream()
                .filter(tag -> then.find(tag.remoteId()) == null)
                .map(tag -> TagEvent.created(tag, at));
        return Stream.concat(differences.flatMap(Stream::ofNullable), additions).toList();
    }

    /** What has become of a tag; null where callers would see no difference. */
    private static @Nullable TagEvent difference(Tag before, @Nullable Tag after, Instant at) {
        if (after == null) {
            return TagEvent.deleted(before, at);
        }
        boolean same = before.name().equals(after.name())
                && before.color().hex().equals(after.color().hex())
                && Objects.equals(before.description(), after.description());
        return same ? null : TagEvent.updated(before, after, at);
    }

    /** Whether a list is answered now, and would be without asking the vendor. */
    boolean isCurrent(TagList list) {
        return current != null && !invalidated && current.list().version() == list.version();
    }

    /** Whether a load may land; each is one of its own, as futures have no other equality. */
    @SuppressWarnings("ReferenceEquality")
    boolean awaits(CompletableFuture<TagList> promise) {
        return load == promise;
    }
}
