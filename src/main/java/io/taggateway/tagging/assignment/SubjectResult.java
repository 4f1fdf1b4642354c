package io.taggateway.tagging.assignment;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.WriteStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call or contact.
 *
 * @param subjectId as it was given
 * @param subject as it is afterwards, or would be; null where it could not be read
 * @param added tags that were not on it before
 * @param removed tags that are not on it any more
 * @param failure what the caller cannot mend; null for nothing
 */
public record SubjectResult(
        String subjectId,
        @Nullable Taggable subject,
        WriteStatus status,
        List<Tag> added,
        List<Tag> removed,
        List<UserError> userErrors,
        @Nullable SourceException failure) {

    static SubjectResult failed(String subjectId, List<UserError> errors) {
        return new SubjectResult(subjectId, null, WriteStatus.FAILED, List.of(), List.of(), errors, null);
    }

    static SubjectResult failed(String subjectId, SourceException failure) {
        return new SubjectResult(subjectId, null, WriteStatus.FAILED, List.of(), List.of(), List.of(), failure);
    }

    boolean changed() {
        return status == WriteStatus.UPDATED || status == WriteStatus.PLANNED;
    }
}
