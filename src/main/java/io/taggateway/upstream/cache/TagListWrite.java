package io.taggateway.upstream.cache;

import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.TagList;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag that was written.
 *
 * @param before as it was; null where it was created
 * @param after as it is; null where it was deleted
 * @param sent the name that was sent, where the vendor stored another one
 */
record TagListWrite(
        @Nullable Tag before, @Nullable Tag after, @Nullable String sent, Instant at) {

    /** Whether a list that the vendor gave at a time may be behind this. */
    boolean mayBeMissingAt(Instant fetchedAt) {
        return fetchedAt.isBefore(at.plus(TagListState.WRITE_GRACE));
    }

    /** A list with this, whatever was there. */
    TagList shown(TagList list) {
        if (after == null) {
            return before == null ? list : list.without(before);
        }
        TagList shown = list.with(List.of(after));
        return sent == null ? shown : shown.storing(sent, after);
    }

    /** A list that shows this, or what somebody else has made of it since. */
    TagList in(TagList list) {
        Tag either = after == null ? before : after;
        Tag there = either == null ? null : list.find(either.remoteId());
        boolean behind = there == null
                ? after != null
                : after == null || (before != null && TagEvent.between(before, there, at) == null);
        return behind ? shown(list) : list;
    }
}
