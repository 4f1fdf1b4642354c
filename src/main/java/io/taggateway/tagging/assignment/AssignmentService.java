package io.taggateway.tagging.assignment;

import io.taggateway.tagging.assignment.TagSets.TagSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.Assignment;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagSetChange;
import io.taggateway.tagging.tag.TagRef;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts tags on calls and contacts, and takes them off. */
@Service
public class AssignmentService {

    /** How many subjects may be named at once. */
    private static final int MAX_SUBJECTS = 500;

    private static final int AT_ONCE = 8;

    private final TagSets tagSets;
    private final ChangeFeed feed;
    private final Clock clock;

    AssignmentService(TagSets tagSets, ChangeFeed feed, Clock clock) {
        this.feed = feed;
        this.clock = clock;
        this.tagSets = tagSets;
    }

    /** Puts tags on a call or contact. */
    public Mono<SubjectWrite> add(VendorDirectory directory, SubjectTagsInput input) {
        return change(directory, input, new TagSets.Refs(input.tags(), "tags", List.of(), "remove", false));
    }

    /** Takes tags off a call or contact. */
    public Mono<SubjectWrite> remove(VendorDirectory directory, SubjectTagsInput input) {
        return change(directory, input, new TagSets.Refs(List.of(), "add", input.tags(), "tags", false));
    }

    /** Leaves exactly some tags on a call or contact. */
    public Mono<SubjectWrite> set(VendorDirectory directory, SubjectTagsInput input) {
        return change(directory, input, new TagSets.Refs(input.tags(), "tags", List.of(), "remove", true));
    }

    /** Puts tags on many calls and contacts and takes others off, with one result each; one failure stops nothing. */
    public Mono<SubjectWrites> change(VendorDirectory directory, TagSubjectsInput input) {
        List<TagRef> add = Objects.requireNonNullElse(input.add(), List.of());
        List<TagRef> remove = Objects.requireNonNullElse(input.remove(), List.of());
        if (input.subjectIds().size() > MAX_SUBJECTS) {
            String message = "At most " + MAX_SUBJECTS + " subjects at once, but there are "
                    + input.subjectIds().size() + ".";
            return refuse(UserErrorCode.TOO_MANY, message, "subjectIds");
        }
        if (add.isEmpty() && remove.isEmpty()) {
            return refuse(UserErrorCode.NOTHING_TO_DO, "Give tags to `add` or to `remove`.", "add");
        }
        TagSets.Refs refs = new TagSets.Refs(add, "add", remove, "remove", false);
        Work work = new Work(directory, refs, isTrue(input.createMissing()), isTrue(input.dryRun()));
        return Flux.fromIterable(input.subjectIds())
                .distinct()
                .flatMap(text -> work.change(text, "subjectIds"), AT_ONCE)
                .collectMap(SubjectResult::subjectId)
                .map(results -> new SubjectWrites(
                        input.subjectIds().stream()
                                .map(id -> Objects.requireNonNull(results.get(id)))
                                .toList(),
                        List.of(),
                        null));
    }

    /** Puts tags on subjects that have just been listed, in their order. */
    Flux<SubjectResult> add(
            VendorDirectory directory,
            List<? extends Taggable> subjects,
            List<TagRef> refs,
            boolean createMissing,
            boolean dryRun) {
        Work work =
                new Work(directory, new TagSets.Refs(refs, "tags", List.of(), "remove", false), createMissing, dryRun);
        return Flux.fromIterable(subjects)
                .flatMapSequential(
                        subject -> work.change(subject.id(), GlobalId.parse(subject.id()), subject, "filter"), AT_ONCE);
    }

    private Mono<SubjectWrite> change(VendorDirectory directory, SubjectTagsInput input, TagSets.Refs refs) {
        Work work = new Work(directory, refs, isTrue(input.createMissing()), isTrue(input.dryRun()));
        return work.change(input.subjectId(), "subjectId").map(SubjectWrite::of);
    }

    private static Mono<SubjectWrites> refuse(UserErrorCode code, String message, String member) {
        return Mono.just(SubjectWrites.refused(UserError.of(code, message, "input", member)));
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    /** One mutation's work, in which each vendor's tags are looked up, and created where they are missing, once. */
    private final class Work {

        private final VendorDirectory directory;
        private final TagSets.Refs refs;
        private final boolean createMissing;
        private final boolean dryRun;
        private final Map<Vendor, Mono<TagSet>> plans = new HashMap<>();
        private final Map<Vendor, Mono<TagSet>> sets = new HashMap<>();

        Work(VendorDirectory directory, TagSets.Refs refs, boolean createMissing, boolean dryRun) {
            this.directory = directory;
            this.refs = refs;
            this.createMissing = createMissing;
            this.dryRun = dryRun;
        }

        Mono<SubjectResult> change(String text, String member) {
            try {
                return change(text, GlobalId.parse(text), null, member);
            } catch (BadInputException e) {
                UserError error = UserError.of(UserErrorCode.NOT_FOUND, e.text(), "input", member);
                return Mono.just(SubjectResult.failed(text, List.of(error)));
            }
        }

        Mono<SubjectResult> change(String text, GlobalId id, @Nullable Taggable justRead, String member) {
            return Mono.defer(() -> {
                        TagAssignments port = directory.findAssignments(id.vendor(), id.type());
                        return port == null
                                ? Mono.<SubjectResult>empty()
                                : plan(id.vendor())
                                        .flatMap(plan -> plan.planned() && !dryRun
                                                ? created(id, justRead, port, plan)
                                                : Mono.just(plan))
                                        .flatMap(set -> change(text, id, justRead, port, set));
                    })
                    .defaultIfEmpty(SubjectResult.failed(text, List.of(absent(id, member))))
                    .onErrorResume(SourceException.class, failure -> Mono.just(SubjectResult.failed(text, failure)));
        }

        private Mono<SubjectResult> change(
                String text, GlobalId id, @Nullable Taggable justRead, TagAssignments port, TagSet set) {
            if (!set.errors().isEmpty()) {
                return Mono.just(SubjectResult.failed(text, set.errors()));
            }
            return port.change(id.remoteId(), justRead, change(set), dryRun)
                    .doOnNext(this::tell)
                    .map(assignment -> result(text, assignment, set));
        }

        private void tell(Assignment assignment) {
            if (!dryRun && assignment.changed()) {
                feed.tell(SubjectTagsEvent.of(assignment, clock.instant()));
            }
        }

        /** What is missing is created for a subject that is there only; for others the answer is empty. */
        private Mono<TagSet> created(GlobalId id, @Nullable Taggable justRead, TagAssignments port, TagSet plan) {
            return plan.errors().isEmpty()
                    ? port.change(id.remoteId(), justRead, change(plan), true)
                            .flatMap(there -> find(sets, id.vendor(), false))
                    : Mono.just(plan);
        }

        private TagSetChange change(TagSet set) {
            return new TagSetChange(set.add(), set.remove(), refs.exact());
        }

        private Mono<TagSet> plan(Vendor vendor) {
            return find(plans, vendor, true);
        }

        private Mono<TagSet> find(Map<Vendor, Mono<TagSet>> found, Vendor vendor, boolean dry) {
            synchronized (found) {
                return found.computeIfAbsent(
                        vendor,
                        key -> tagSets.find(directory, vendor, refs, createMissing, dry)
                                .cache());
            }
        }

        private SubjectResult result(String text, Assignment assignment, TagSet set) {
            List<UserError> errors = assignment.lost() ? List.of(conflict()) : List.of();
            boolean failed = assignment.lost() || assignment.failure() != null;
            boolean changed = assignment.changed() || set.planned();
            WriteStatus done = dryRun ? WriteStatus.PLANNED : WriteStatus.UPDATED;
            return new SubjectResult(
                    text,
                    assignment.subject(),
                    failed ? WriteStatus.FAILED : changed ? done : WriteStatus.UNCHANGED,
                    assignment.added(),
                    assignment.removed(),
                    errors,
                    assignment.failure());
        }

        private UserError conflict() {
            return UserError.of(UserErrorCode.CONFLICT, "Another writer undid this each time; try again.", "input");
        }

        private UserError absent(GlobalId id, String member) {
            String message = id.vendor().displayName() + " has no " + id.type().word() + " of this id to put tags on.";
            return UserError.of(UserErrorCode.NOT_FOUND, message, "input", member)
                    .at(id.vendor());
        }
    }
}
