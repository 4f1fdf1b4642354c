package io.taggateway.tagging.assignment;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call or contact.
 *
 * @param subjectId as it was given
 * @param subject as it is afterwards, or would be; null where it could not be read
 * @param added tags that were not on it before
 * @param removed tags that are not on it any more
 * @param failure what the caller cannot correct; null where nothing failed
 */
public record SubjectResult(
        String subjectId,
        @Nullable Taggable subject,
        WriteStatus status,
        List<Tag> added,
        List<Tag> removed,
        List<UserError> userErrors,
        @Nullable SourceException failure) {

    /** The result of an assignment, with a status for one that was not in vain. */
    static SubjectResult of(String subjectId, Assignment assignment, WriteStatus status) {
        boolean failed = assignment.lost() || assignment.failure() != null;
        UserError conflict =
                UserError.of(UserErrorCode.CONFLICT, "Another writer undid this each time; try again.", "input");
        return new SubjectResult(
                subjectId,
                assignment.subject(),
                failed ? WriteStatus.FAILED : status,
                assignment.added(),
                assignment.removed(),
                assignment.lost() ? List.of(conflict) : List.of(),
                assignment.failure());
    }

    static SubjectResult failed(String subjectId, List<UserError> errors, @Nullable SourceException failure) {
        return new SubjectResult(subjectId, null, WriteStatus.FAILED, List.of(), List.of(), errors, failure);
    }
}
