package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change of a call's or contact's tags.
 *
 * @param subject as it is afterwards, or as it would be
 * @param added tags that were not on it and are now, or would be
 * @param removed tags that were on it and are not any more, or would not be
 * @param failure why not all was done; null where it was
 * @param lost whether another writer undid the change each time it was made
 */
public record Assignment(
        Taggable subject,
        List<Tag> added,
        List<Tag> removed,
        @Nullable SourceException failure,
        boolean lost) {

    public static Assignment of(Taggable subject, List<Tag> added, List<Tag> removed) {
        return new Assignment(subject, added, removed, null, false);
    }

    /** Whether anything is, or would be, different. */
    public boolean changed() {
        return !added.isEmpty() || !removed.isEmpty();
    }
}
