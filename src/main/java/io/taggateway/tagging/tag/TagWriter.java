package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.Warning.WarningCode;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Creates, changes and deletes single tags of one vendor, or only plans to, and knows what its failures mean. */
public final class TagWriter {

    private final TagSource source;
    private final Vendor vendor;
    private final boolean describes;
    private final boolean dryRun;

    /**
     * A writer of a vendor's tags.
     *
     * @throws SourceException if the vendor is not configured
     */
    public TagWriter(VendorDirectory directory, Vendor vendor, boolean dryRun) {
        this.source = directory.tags(vendor);
        this.vendor = vendor;
        this.describes = directory.can(vendor, Capability.TAG_DESCRIPTION);
        this.dryRun = dryRun;
    }

    /** Creates a tag out of a list read for it, which may fail, unless the vendor has one of that name or slug. */
    public Mono<TagResult> create(Wanted wanted) {
        return source.listAfresh().flatMap(list -> create(wanted, list));
    }

    /** Creates a tag at a vendor whose tags have just been read. */
    public Mono<TagResult> create(Wanted wanted, TagList list) {
        TagDraft draft = wanted.draft();
        Tag there = find(list, wanted);
        if (there != null) {
            return existing(list, there, wanted);
        }
        if (TagName.problem(draft.name()) != null) {
            String message = " gets no tag of this name: " + TagName.problem(draft.name());
            return Mono.just(refused(wanted.slug(), UserErrorCode.NAME_INVALID, message, "input", "name"));
        }
        if (dryRun) {
            return Mono.just(planned(null, wanted.slug(), warnings(wanted, draft.hex())));
        }
        return source.create(describes ? draft : new TagDraft(draft.name(), draft.hex(), null))
                .flatMap(tag -> list.find(tag.remoteId()) == null
                        ? Mono.just(created(tag, wanted))
                        : existing(list, tag, wanted))
                .onErrorResume(SourceException.class, failure -> afterFailure(wanted, list, failure));
    }

    /** Changes a tag of a list that has just been read into what is wanted, as far as it is different. */
    public Mono<TagResult> update(TagList list, Tag tag, TagChange wanted, List<Warning> given) {
        boolean taken = list.tags().stream()
                .anyMatch(other ->
                        other.name().equals(wanted.name()) && !other.id().equals(tag.id()));
        if (taken) {
            return Mono.just(taken(tag.slug()));
        }
        String hex = holds(tag, wanted.hex()) ? null : wanted.hex();
        List<Warning> warnings = warnings(given, wanted.description(), hex);
        TagChange change = difference(tag, wanted);
        if (change.isEmpty()) {
            return Mono.just(TagResult.of(WriteStatus.UNCHANGED, tag, warnings));
        }
        if (dryRun) {
            String slug = change.name() == null ? tag.slug() : Slug.of(change.name());
            return Mono.just(planned(tag, slug, warnings));
        }
        return source.update(tag, change)
                .onErrorResume(SourceException::isAnswerLost, lost -> source.update(tag, change))
                .map(changed -> difference(changed, change).isEmpty()
                        ? TagResult.of(WriteStatus.UPDATED, changed, warnings)
                        : rejected(tag.slug()))
                .onErrorResume(SourceException.class, failure -> Mono.just(failed(tag.slug(), failure, "name")));
    }

    /** Deletes a tag from everything it is on. */
    public Mono<TagResult> delete(Tag tag) {
        if (dryRun) {
            return Mono.just(planned(tag, tag.slug(), List.of()));
        }
        return source.delete(tag)
                .onErrorResume(SourceException::isAnswerLost, lost -> source.delete(tag))
                .then(Mono.fromSupplier(() -> TagResult.of(WriteStatus.DELETED, tag, List.of())))
                .onErrorResume(SourceException.class, failure -> Mono.just(failed(tag.slug(), failure, "id")));
    }

    private static @Nullable Tag find(TagList list, Wanted wanted) {
        List<Tag> there = TagReferenceResolver.named(list, wanted.draft().name());
        return there.isEmpty() ? null : there.getFirst();
    }

    private TagResult created(Tag tag, Wanted wanted) {
        return TagResult.of(
                WriteStatus.CREATED, tag, warnings(wanted, wanted.draft().hex()));
    }

    private Mono<TagResult> existing(TagList list, Tag tag, Wanted wanted) {
        TagDraft draft = wanted.draft();
        return switch (wanted.ifExists()) {
            case FAIL -> Mono.just(taken(wanted.slug()));
            case REUSE -> Mono.just(TagResult.of(WriteStatus.REUSED, tag, warnings(wanted, null)));
            case UPDATE -> update(list, tag, new TagChange(null, draft.hex(), draft.description()), wanted.warnings());
        };
    }

    /** After a lost answer, or a refusal that may mean that the name is taken, the list is read again and decides. */
    private Mono<TagResult> afterFailure(Wanted wanted, TagList before, SourceException failure) {
        boolean refused =
                failure.reason() == FailureReason.CONFLICT || failure.reason() == FailureReason.REJECTED_INPUT;
        Mono<TagResult> failed = Mono.just(failed(wanted.slug(), failure, "name"));
        if (!refused && !failure.answerLost()) {
            return failed;
        }
        return source.listAfresh()
                .flatMap(list -> {
                    Tag tag = find(list, wanted);
                    if (tag == null) {
                        return failed;
                    }
                    return refused || before.find(tag.remoteId()) != null
                            ? existing(list, tag, wanted)
                            : Mono.just(created(tag, wanted));
                })
                .onErrorResume(SourceException.class, again -> failed);
    }

    private TagChange difference(Tag tag, TagChange wanted) {
        String hex = wanted.hex();
        String description = wanted.description();
        return new TagChange(
                tag.name().equals(wanted.name()) ? null : wanted.name(),
                hex == null || holds(tag, hex) || holds(tag, source.storedColor(hex)) ? null : hex,
                !describes || Objects.requireNonNullElse(tag.description(), "").equals(description)
                        ? null
                        : description);
    }

    /** Whether a tag has a color; one that could not be read is none. */
    private static boolean holds(Tag tag, @Nullable String hex) {
        return tag.color().isKnown() && tag.color().hex().equals(hex);
    }

    private List<Warning> warnings(Wanted wanted, @Nullable String hex) {
        return warnings(wanted.warnings(), wanted.draft().description(), hex);
    }

    private List<Warning> warnings(List<Warning> given, @Nullable String description, @Nullable String hex) {
        List<Warning> warnings = new ArrayList<>(given);
        if (!describes && description != null && !description.isEmpty()) {
            String message = vendor.displayName() + " has no descriptions; it was left out there.";
            warnings.add(new Warning(WarningCode.DESCRIPTION_DROPPED, message));
        }
        if (hex != null && !source.storedColor(hex).equals(hex)) {
            String held = "; it shows " + source.storedColor(hex) + ", the nearest that it has.";
            warnings.add(new Warning(WarningCode.COLOR_ROUNDED, vendor.displayName() + " has no " + hex + held));
        }
        return warnings;
    }

    private TagResult planned(@Nullable Tag tag, String slug, List<Warning> warnings) {
        return new TagResult(vendor, WriteStatus.PLANNED, tag, slug, List.of(), warnings, null);
    }

    /** The result of a failed write of a tag, with the member of the input that it concerns. */
    private TagResult failed(String slug, SourceException failure, String member) {
        return switch (failure.reason()) {
            case CONFLICT -> taken(slug);
            case REJECTED_INPUT -> rejected(slug);
            case NOT_FOUND ->
                refused(slug, UserErrorCode.NOT_FOUND, " does not have this tag any more.", "input", member);
            default -> TagResult.failed(vendor, slug, failure);
        };
    }

    /** A tag that is not written, as another one has its name. */
    public TagResult taken(String slug) {
        return refused(slug, UserErrorCode.NAME_TAKEN, " has a tag of this name already.", "input", "name");
    }

    private TagResult rejected(String slug) {
        return refused(slug, UserErrorCode.REJECTED_BY_VENDOR, " refused this tag.", "input");
    }

    /** A tag of which nothing is written, as its description has no place at this vendor or any other. */
    public TagResult undescribed(String slug) {
        String message = " has no descriptions; leave `description` out.";
        return refused(slug, UserErrorCode.DESCRIPTION_UNSUPPORTED, message, "input", "description");
    }

    private TagResult refused(String slug, UserErrorCode code, String message, String... field) {
        return TagResult.failed(vendor, slug, UserError.of(code, vendor.displayName() + message, field));
    }

    /** What to do about a tag that is there already. */
    public enum IfExists {
        FAIL,
        /** Answer the tag that is there, unchanged. */
        REUSE,
        /** Answer it with the color and description asked for. */
        UPDATE
    }

    /**
     * A tag that is wanted at a vendor.
     *
     * @param warnings part of every outcome
     */
    public record Wanted(TagDraft draft, IfExists ifExists, List<Warning> warnings) {

        String slug() {
            return Slug.of(draft.name());
        }
    }
}
