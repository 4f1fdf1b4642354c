package io.taggateway.tagging.assignment;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tags of calls and contacts: the payload of all mutations of them.
 *
 * @param results in the order in which the subjects were given or found
 * @param userErrors what concerns the input as such; for a single subject all that the caller can correct
 * @param failure why not all subjects could be found; null where they could
 */
public record TagSubjectsPayload(
        List<SubjectResult> results,
        List<UserError> userErrors,
        @Nullable SourceException failure) {

    private static final int MAX_USER_ERRORS = 1_000;

    /**
     * What became of many subjects. User errors repeat for each of them, so that only the first of all are in the
     * payload, and one that counts the others.
     *
     * @param failure why not all subjects could be found; null where they could
     */
    static TagSubjectsPayload of(List<SubjectResult> results, @Nullable SourceException failure) {
        List<SubjectResult> bounded = new ArrayList<>(results.size());
        int remaining = MAX_USER_ERRORS;
        int left = 0;
        for (SubjectResult result : results) {
            int kept = Math.min(remaining, result.userErrors().size());
            remaining -= kept;
            left += result.userErrors().size() - kept;
            bounded.add(result.withFirst(kept));
        }
        List<UserError> others = left == 0 ? List.of() : List.of(UserError.others(left));
        return new TagSubjectsPayload(bounded, others, failure);
    }

    static TagSubjectsPayload of(SubjectResult result) {
        return new TagSubjectsPayload(List.of(result), result.userErrors(), null);
    }

    static TagSubjectsPayload refused(UserError error) {
        return new TagSubjectsPayload(List.of(), List.of(error), null);
    }

    /** What became of a single subject. */
    public @Nullable SubjectResult result() {
        return results.isEmpty() ? null : results.getFirst();
    }

    /** The single subject as it is afterwards, or would be; null where it could not be read. */
    public @Nullable Taggable subject() {
        return results.isEmpty() ? null : results.getFirst().subject();
    }

    /** How many subjects changed, or would. */
    public int changed() {
        return count(status -> status == WriteStatus.UPDATED || status == WriteStatus.PLANNED);
    }

    /** How many subjects could not be changed. */
    public int failed() {
        return count(status -> status == WriteStatus.FAILED);
    }

    private int count(Predicate<WriteStatus> counted) {
        return Math.toIntExact(results.stream()
                .filter(result -> counted.test(result.status()))
                .map(SubjectResult::subjectId)
                .distinct()
                .count());
    }

    /**
     * What became of one call or contact.
     *
     * @param subjectId as it was given
     * @param subject as it is afterwards, or would be; null where it could not be read
     * @param added tags that were not on it before
     * @param removed tags that are not on it any more
     * @param failure a failure that the caller cannot correct; null if nothing failed
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
            boolean done = assignment.failure() == null && errors(assignment).isEmpty();
            return new SubjectResult(
                    subjectId,
                    assignment.subject(),
                    done ? status : WriteStatus.FAILED,
                    assignment.added(),
                    assignment.removed(),
                    errors(assignment),
                    assignment.failure());
        }

        private static List<UserError> errors(Assignment assignment) {
            Vendor vendor = assignment.subject().vendor();
            UserError conflict =
                    UserError.of(UserErrorCode.CONFLICT, "Another writer undid this each time; try again.", "input");
            if (assignment.refused().isEmpty()) {
                return assignment.lost() ? List.of(conflict) : List.of();
            }
            String names = assignment.refused().stream()
                    .map(tag -> '`' + tag.name() + '`')
                    .collect(Collectors.joining(", ", " did not take the change of ", "."));
            UserError refused = UserError.of(UserErrorCode.REJECTED_BY_VENDOR, vendor.displayName() + names, "input");
            return List.of(refused.at(vendor));
        }

        /** This result, of which a part was not done because of what the caller has to correct. */
        SubjectResult with(List<UserError> errors) {
            List<UserError> all =
                    Stream.concat(errors.stream(), userErrors.stream()).toList();
            return new SubjectResult(
                    subjectId, subject, errors.isEmpty() ? status : WriteStatus.FAILED, added, removed, all, failure);
        }

        /** This result with some of its user errors. */
        private SubjectResult withFirst(int kept) {
            return kept == userErrors.size()
                    ? this
                    : new SubjectResult(
                            subjectId, subject, status, added, removed, userErrors.subList(0, kept), failure);
        }

        static SubjectResult failed(String subjectId, List<UserError> errors, @Nullable SourceException failure) {
            return new SubjectResult(
                    subjectId, null, WriteStatus.FAILED, List.of(), List.of(), UserError.bounded(errors), failure);
        }
    }
}
