package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.WriteStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one tag.
 *
 * @param result null where the input as such was refused
 * @param userErrors all that the caller can mend, the result's among them
 */
public record TagWrite(@Nullable TagResult result, List<UserError> userErrors) {

    public static TagWrite of(TagResult result) {
        return new TagWrite(result, result.userErrors());
    }

    public static TagWrite refused(UserError error) {
        return new TagWrite(null, List.of(error));
    }

    /** The tag as it is afterwards; null where nothing became of it. */
    public @Nullable Tag tag() {
        return result == null || result.status() == WriteStatus.FAILED ? null : result.tag();
    }

    /** The id of the tag that was deleted; null where none was. */
    public @Nullable String deletedTagId() {
        Tag tag = result == null || result.status() != WriteStatus.DELETED ? null : result.tag();
        return tag == null ? null : tag.id();
    }
}
