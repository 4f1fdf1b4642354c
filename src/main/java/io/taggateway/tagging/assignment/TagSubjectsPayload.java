package io.taggateway.tagging.assignment;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagMessage;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.WriteAction;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payload of all mutations that assign tags to calls and contacts.
 *
 * @param results in the order in which the subjects were given or found
 * @param userErrors errors of the input as a whole; for a single subject, all errors that the caller can correct
 * @param failure the reason why some subjects could not be found; null if all were
 */
public record TagSubjectsPayload(
        List<SubjectResult> results,
        List<UserError> userErrors,
        @Nullable SourceException failure) {

    private static final int MAX_USER_ERRORS = 1_000;

    /**
     * The payload for many subjects. As user errors may repeat for each of them, only the first ones are in the
     * payload, with one that counts the others.
     *
     * @param failure the reason why some subjects could not be found; null if all were
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

    /** The payload for a single subject. */
    public @Nullable SubjectResult result() {
        return results.isEmpty() ? null : results.getFirst();
    }

    /** The single subject after the change, or as it would be in a dry run; null if it could not be read. */
    public @Nullable Taggable subject() {
        return results.isEmpty() ? null : results.getFirst().subject();
    }

    /** The number of subjects that changed, or would change in a dry run. */
    public int changed() {
        return count(status -> status == WriteStatus.UPDATED || status == WriteStatus.PLANNED);
    }

    /** The number of subjects that could not be changed. */
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
     * The result for one call or contact.
     *
     * @param subjectId the id as given
     * @param subject the subject after the change, or as it would be in a dry run; null if it could not be read
     * @param added the tags that were added
     * @param removed the tags that were removed
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

        /** What was done to the subject, or would be in a dry run; null if it failed. */
        public @Nullable WriteAction action() {
            return switch (status) {
                case UPDATED, PLANNED -> WriteAction.UPDATE;
                case UNCHANGED -> WriteAction.NONE;
                case CREATED, REUSED, DELETED, FAILED -> null;
            };
        }

        /** The result of an assignment, with the given status if it changed anything. */
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
            UserError conflict = UserError.of(
                    UserErrorCode.CONFLICT, "Another writer undid each attempt of this change; try again.", "input");
            if (assignment.refused().isEmpty()) {
                return assignment.lost() ? List.of(conflict) : List.of();
            }
            String names = assignment.refused().stream()
                    .map(tag -> '`' + tag.name() + '`')
                    .collect(Collectors.joining(", "));
            TagMessage message = new TagMessage(names, "some tags")
                    .after(vendor.displayName() + " did not apply the change of ")
                    .before(".");
            return List.of(UserError.of(UserErrorCode.REJECTED_BY_VENDOR, message, "input")
                    .at(vendor));
        }

        /** This result, part of which was not done due to errors that the caller must correct. */
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
