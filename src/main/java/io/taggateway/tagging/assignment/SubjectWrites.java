package io.taggateway.tagging.assignment;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.WriteStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tags of many calls and contacts.
 *
 * @param results in the order in which the subjects were given or found
 * @param userErrors what concerns the input as such
 * @param failure why not all subjects could be found; null where they could
 */
public record SubjectWrites(
        List<SubjectResult> results,
        List<UserError> userErrors,
        @Nullable SourceException failure) {

    static SubjectWrites refused(UserError error) {
        return new SubjectWrites(List.of(), List.of(error), null);
    }

    /** How many subjects changed, or would. */
    public int changed() {
        return count(SubjectResult::changed);
    }

    /** How many subjects could not be changed. */
    public int failed() {
        return count(result -> result.status() == WriteStatus.FAILED);
    }

    private int count(java.util.function.Predicate<SubjectResult> predicate) {
        return Math.toIntExact(results.stream()
                .filter(predicate)
                .map(SubjectResult::subjectId)
                .distinct()
                .count());
    }
}
