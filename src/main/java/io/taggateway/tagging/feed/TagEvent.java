package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tag that has been created, changed or deleted.
 *
 * @param tag as it is now; null where it was deleted
 * @param previous as it was before; null where it is new or that is not known
 * @param at when the gateway learnt of it
 */
public record TagEvent(
        TagChangeKind kind,
        Vendor vendor,
        String tagId,
        @Nullable Tag tag,
        @Nullable Tag previous,
        Instant at) {

    /** A tag that was not there. */
    public static TagEvent created(Tag tag, Instant at) {
        return new TagEvent(TagChangeKind.CREATED, tag.vendor(), tag.id(), tag, null, at);
    }

    /** A tag that has become different. */
    public static TagEvent updated(Tag previous, Tag tag, Instant at) {
        return new TagEvent(TagChangeKind.UPDATED, tag.vendor(), tag.id(), tag, previous, at);
    }

    /** A tag that is there no more. */
    public static TagEvent deleted(Tag previous, Instant at) {
        return new TagEvent(TagChangeKind.DELETED, previous.vendor(), previous.id(), null, previous, at);
    }

    /** What has become of a tag, which is null where it is gone; null where callers would see no difference. */
    public static @Nullable TagEvent between(Tag before, @Nullable Tag after, Instant at) {
        if (after == null) {
            return deleted(before, at);
        }
        boolean same = before.name().equals(after.name())
                && before.color().hex().equals(after.color().hex())
                && Objects.equals(before.description(), after.description());
        return same ? null : updated(before, after, at);
    }
}
