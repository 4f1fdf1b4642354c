package io.taggateway.tagging.assignment;

import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tags of one call or contact.
 *
 * @param userErrors all that the caller can mend, the result's among them
 */
public record SubjectWrite(SubjectResult result, List<UserError> userErrors) {

    static SubjectWrite of(SubjectResult result) {
        return new SubjectWrite(result, result.userErrors());
    }

    /** The subject as it is afterwards, or would be; null where it could not be read. */
    public @Nullable Taggable subject() {
        return result.subject();
    }
}
