package io.taggateway.upstream.cache;

import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.TagList;
import io.taggateway.upstream.cache.TagListExchange.Change;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag that was written.
 *
 * @param before as it was; null if it was created
 * @param after as it is; null if it was deleted
 * @param sent the name that was sent, where the vendor stored another one
 */
record TagListWrite(
        @Nullable Tag before, @Nullable Tag after, @Nullable String sent, Instant at) {

    /**
     * The writes that still apply after a change by another replica: it may have changed a tag back to what it was
     * before an update, or deleted it.
     */
    static List<TagListWrite> withoutUndone(List<TagListWrite> writes, Change change) {
        return writes.stream().filter(write -> !write.mayBeUndoneBy(change)).toList();
    }

    private boolean mayBeUndoneBy(Change change) {
        if (after == null) {
            return false;
        }
        return change.remoteId() == null
                ? before != null
                : change.remoteId().equals(after.remoteId()) && (before != null || change.deleted());
    }

    /** Whether a list from a given time may lag behind this write. */
    boolean mayBeMissingAt(Instant fetchedAt) {
        return fetchedAt.isBefore(at.plus(TagListState.WRITE_GRACE));
    }

    /** The list with this write applied. */
    TagList shown(TagList list) {
        if (after == null) {
            return before == null ? list : list.without(before);
        }
        TagList shown = list.with(List.of(after));
        return sent == null ? shown : shown.storing(sent, after);
    }

    /**
     * The list with this write, or with a later change by another program. The list lags behind this write if it has
     * the tag in the state before it, or before or after any earlier write.
     *
     * @param earlier the recent writes before this
     */
    TagList in(TagList list, List<TagListWrite> earlier) {
        Tag either = after == null ? before : after;
        Tag there = either == null ? null : list.find(either.remoteId());
        if (there == null) {
            return after == null ? list : shown(list);
        }
        boolean behind = after == null
                || isSame(before, there)
                || earlier.stream().anyMatch(write -> isSame(write.before, there) || isSame(write.after, there));
        return behind ? shown(list) : list;
    }

    private static boolean isSame(@Nullable Tag known, Tag there) {
        return known != null
                && known.remoteId().equals(there.remoteId())
                && TagEvent.between(known, there, Instant.EPOCH) == null;
    }
}
