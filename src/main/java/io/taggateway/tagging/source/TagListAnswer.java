package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * A tag list as an answer to a caller.
 *
 * @param staleBecause why it is older than its time to live; null where it is not
 */
public record TagListAnswer(TagList list, @Nullable SourceException staleBecause) {

    /** A list within its time to live. */
    public static TagListAnswer fresh(TagList list) {
        return new TagListAnswer(list, null);
    }
}
