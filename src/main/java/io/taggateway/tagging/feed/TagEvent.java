package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tag that has been created, changed or deleted.
 *
 * @param tag the tag as it is now; null if it was deleted
 * @param previous the tag as it was before; null if it is new or the previous state is unknown
 * @param at when the gateway detected it
 */
public record TagEvent(
        TagChangeKind kind,
        Vendor vendor,
        String tagId,
        @Nullable Tag tag,
        @Nullable Tag previous,
        Instant at) {

    /** A created tag. */
    public static TagEvent created(Tag tag, Instant at) {
        return new TagEvent(TagChangeKind.CREATED, tag.vendor(), tag.id(), tag, null, at);
    }

    /** A changed tag. */
    public static TagEvent updated(Tag previous, Tag tag, Instant at) {
        return new TagEvent(TagChangeKind.UPDATED, tag.vendor(), tag.id(), tag, previous, at);
    }

    /** A deleted tag. */
    public static TagEvent deleted(Tag previous, Instant at) {
        return new TagEvent(TagChangeKind.DELETED, previous.vendor(), previous.id(), null, previous, at);
    }

    /** The event for a tag before and after a change; null if no field of the API has changed. */
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
