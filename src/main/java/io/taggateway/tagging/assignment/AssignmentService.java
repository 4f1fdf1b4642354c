package io.taggateway.tagging.assignment;

import io.taggateway.tagging.assignment.AssignmentPlanner.Plan;
import io.taggateway.tagging.assignment.TagSubjectsPayload.SubjectResult;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds tags to calls and contacts, and removes them. */
@Service
public class AssignmentService {

    /** The maximum number of subjects of one mutation. */
    private static final int MAX_SUBJECTS = 500;

    private static final int AT_ONCE = 8;

    private final Clock clock;

    AssignmentService(Clock clock) {
        this.clock = clock;
    }

    /** Changes the tags of one call or contact. */
    public Mono<TagSubjectsPayload> change(VendorDirectory directory, String subjectId, AssignmentRequest request) {
        return new Mutation(directory, request)
                .change(subjectId, null, "subjectId")
                .map(TagSubjectsPayload::of);
    }

    /**
     * Applies the same changes to many calls and contacts, with one result for each. One failure does not prevent the
     * others.
     */
    public Mono<TagSubjectsPayload> changeAll(
            VendorDirectory directory, List<String> subjectIds, AssignmentRequest request) {
        if (subjectIds.size() > MAX_SUBJECTS) {
            String message = "At most " + MAX_SUBJECTS + " subjects at once, but there are " + subjectIds.size() + ".";
            return refuse(UserErrorCode.TOO_MANY, message, "subjectIds");
        }
        if (request.refs().isEmpty()) {
            return refuse(UserErrorCode.NOTHING_TO_DO, "Give tags to `add` or to `remove`.", "add");
        }
        Mutation mutation = new Mutation(directory, request);
        return Flux.fromIterable(subjectIds)
                .distinct()
                .flatMap(text -> mutation.change(text, null, "subjectIds"), AT_ONCE)
                .collectMap(SubjectResult::subjectId)
                .map(byId -> subjectIds.stream().map(id -> Objects.requireNonNull(byId.get(id))))
                .map(results -> TagSubjectsPayload.of(results.toList(), null));
    }

    /** Changes the tags of subjects that have just been listed. The results have the order of the subjects. */
    Flux<SubjectResult> changeListed(
            VendorDirectory directory, List<? extends Taggable> subjects, AssignmentRequest request) {
        Mutation mutation = new Mutation(directory, request);
        return Flux.fromIterable(subjects)
                .flatMapSequential(subject -> mutation.change(subject.id(), subject, "filter"), AT_ONCE);
    }

    private static Mono<TagSubjectsPayload> refuse(UserErrorCode code, String message, String member) {
        return Mono.just(TagSubjectsPayload.refused(UserError.of(code, message, "input", member)));
    }

    /** One mutation of the tags of its subjects. */
    private final class Mutation {

        private final VendorDirectory directory;
        private final AssignmentPlanner planner;
        private final boolean dryRun;

        Mutation(VendorDirectory directory, AssignmentRequest request) {
            this.directory = directory;
            this.planner = new AssignmentPlanner(directory, request);
            this.dryRun = request.dryRun();
        }

        Mono<SubjectResult> change(String text, @Nullable Taggable justRead, String member) {
            try {
                return change(new Subject(text, GlobalId.parseSubject(text), justRead, member));
            } catch (BadInputException e) {
                UserError error = UserError.of(UserErrorCode.NOT_FOUND, e.text(), "input", member);
                return Mono.just(SubjectResult.failed(text, List.of(error), null));
            }
        }

        private Mono<SubjectResult> change(Subject subject) {
            GlobalId id = subject.id();
            return Mono.defer(() -> Mono.justOrEmpty(directory.findAssignments(id.vendor(), id.type())))
                    .flatMap(port -> planner.plan(id.vendor()).flatMap(plan -> apply(plan, port, subject)))
                    .defaultIfEmpty(subject.absent())
                    .onErrorResume(
                            SourceException.class,
                            failure -> Mono.just(SubjectResult.failed(subject.text(), List.of(), failure)))
                    .onErrorResume(BadInputException.class, refused -> Mono.just(subject.ambiguous(refused)));
        }

        /** Empty if there is no such subject. */
        private Mono<SubjectResult> apply(Plan plan, TagAssignments port, Subject subject) {
            boolean creates =
                    !dryRun && !plan.missing().isEmpty() && plan.errors().isEmpty();
            // No tag is created for a subject that does not exist
            return creates
                    ? assign(plan, port, subject, true)
                            .flatMap(there -> planner.create(plan))
                            .flatMap(created -> write(created, port, subject))
                    : write(plan, port, subject);
        }

        private Mono<SubjectResult> write(Plan plan, TagAssignments port, Subject subject) {
            return plan.errors().isEmpty()
                    ? assign(plan, port, subject, dryRun)
                            .doOnNext(this::publish)
                            .flatMap(assignment -> assignment.isOutdated()
                                    ? again(plan, assignment, port, subject)
                                    : Mono.just(result(plan, subject, assignment)))
                    : Mono.just(SubjectResult.failed(subject.text(), plan.errors(), null));
        }

        /** A tag or the subject may have been deleted since it was read, so both are reloaded once. */
        private Mono<SubjectResult> again(Plan plan, Assignment before, TagAssignments port, Subject subject) {
            return planner.renew(port.vendor()).flatMap(renewed -> {
                if (!renewed.isLike(plan)) {
                    return port.change(subject.id().remoteId(), null, renewed.change(), false)
                            .doOnNext(this::publish)
                            .map(made -> result(renewed, subject, made.after(before)));
                }
                Mono<SubjectResult> result = Mono.just(result(plan, subject, before));
                return before.failure() == null
                        ? result
                        : port.change(subject.id().remoteId(), null, plan.change(), true)
                                .flatMap(there -> result);
            });
        }

        private SubjectResult result(Plan plan, Subject subject, Assignment assignment) {
            return SubjectResult.of(subject.text(), assignment, status(plan, assignment))
                    .with(plan.errors());
        }

        private WriteStatus status(Plan plan, Assignment assignment) {
            if (!assignment.changed() && plan.missing().isEmpty()) {
                return WriteStatus.UNCHANGED;
            }
            return dryRun ? WriteStatus.PLANNED : WriteStatus.UPDATED;
        }

        private Mono<Assignment> assign(Plan plan, TagAssignments port, Subject subject, boolean dry) {
            return port.change(subject.id().remoteId(), subject.justRead(), plan.change(), dry);
        }

        private void publish(Assignment assignment) {
            if (assignment.changed() && !dryRun) {
                directory
                        .feed()
                        .publish(SubjectTagsEvent.of(
                                assignment, MonotonicClock.wall(clock).instant()));
            }
        }
    }

    /**
     * A call or contact whose tags are to be changed.
     *
     * @param text the id as given
     * @param justRead the subject as a list has just returned it; null if it was not listed
     * @param member the input field that names it
     */
    private record Subject(
            String text, GlobalId id, @Nullable Taggable justRead, String member) {

        SubjectResult ambiguous(BadInputException refused) {
            UserError error = UserError.of(UserErrorCode.AMBIGUOUS, refused.text(), "input", member);
            return SubjectResult.failed(text, List.of(error.at(id.vendor())), null);
        }

        SubjectResult absent() {
            String message = id.vendor().displayName() + " has no " + id.type().word() + " with this id.";
            UserError error = UserError.of(UserErrorCode.NOT_FOUND, message, "input", member);
            return SubjectResult.failed(text, List.of(error.at(id.vendor())), null);
        }
    }
}
