package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Creates, changes and deletes single tags of one vendor, or only plans to, and knows what its failures mean. */
public final class TagWriter {

    private final TagSource source;
    private final Vendor vendor;
    private final boolean describes;
    private final boolean dryRun;
    private final TagResultFactory results;

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
        this.results = new TagResultFactory(source, describes);
    }

    /** Creates a tag out of a list read for it, which may fail, unless the vendor has one of that name or slug. */
    public Mono<TagResult> create(Wanted wanted) {
        return createInTurn(wanted, Mono.defer(source::listAfresh).flatMap(list -> createIn(list, wanted)));
    }

    /** Creates a tag at a vendor whose tags have just been read. */
    public Mono<TagResult> create(Wanted wanted, TagList list) {
        return createInTurn(wanted, Mono.defer(() -> current(list, wanted)).flatMap(now -> createIn(now, wanted)));
    }

    /** Of tags of one slug, and of plans none, one is created at a time, as vendors may take two of a name. */
    private Mono<TagResult> createInTurn(Wanted wanted, Mono<TagResult> creation) {
        return dryRun ? creation : inTurn("slug " + wanted.slug(), wanted.slug(), creation);
    }

    private Mono<TagResult> inTurn(String key, String slug, Mono<TagResult> work) {
        return source.exclusively(key, work)
                .onErrorResume(SourceException.class, failure -> Mono.just(TagResult.failed(vendor, slug, failure)));
    }

    /** A list that was read before; it is read again where somebody else has created the tag since. */
    private Mono<TagList> current(TagList list, Wanted wanted) {
        TagListResult cached = source.cached();
        boolean made = cached != null && find(list, wanted) == null && find(cached.list(), wanted) != null;
        return made ? source.listAfresh() : Mono.just(list);
    }

    private Mono<TagResult> createIn(TagList list, Wanted wanted) {
        TagDraft draft = wanted.draft();
        Tag there = find(list, wanted);
        if (there != null) {
            return existing(list, there, wanted);
        }
        if (TagName.problem(draft.name()) != null) {
            String message = " gets no tag of this name: " + TagName.problem(draft.name());
            return Mono.just(results.refused(wanted.slug(), UserErrorCode.NAME_INVALID, message, "input", "name"));
        }
        if (dryRun) {
            return Mono.just(results.plannedCreate(wanted, warnings(wanted, draft.hex())));
        }
        return source.create(describes ? draft : new TagDraft(draft.name(), draft.hex(), null))
                .flatMap(tag -> list.find(tag.remoteId()) == null
                        ? Mono.just(created(tag, wanted))
                        : existing(list, tag, wanted))
                .onErrorResume(SourceException.class, failure -> afterFailure(wanted, list, failure));
    }

    /**
     * Changes a tag of a list that has just been read into what is wanted, as far as it is different. What another
     * writer changes at the same time is changed again.
     */
    public Mono<TagResult> update(TagList list, Tag tag, TagChange wanted, List<Warning> given) {
        if (TagUpdate.isTaken(list, tag, wanted)) {
            return Mono.just(results.taken(tag.slug()));
        }
        String hex = TagResultFactory.holds(tag, wanted.hex()) ? null : wanted.hex();
        List<Warning> warnings = results.warnings(given, wanted.description(), hex);
        TagChange change = results.difference(list, tag, wanted);
        if (change.isEmpty()) {
            return Mono.just(TagResult.of(WriteStatus.UNCHANGED, tag, warnings));
        }
        if (dryRun) {
            return Mono.just(results.plannedUpdate(tag, change, warnings));
        }
        TagUpdate update = new TagUpdate(results, list, tag, wanted, warnings);
        Mono<TagResult> written = inTurn("id " + tag.remoteId(), tag.slug(), Mono.defer(() -> update.write(change)));
        return change.name() == null ? written : inTurn("slug " + Slug.of(change.name()), tag.slug(), written);
    }

    /** Deletes a tag from everything it is on. */
    public Mono<TagResult> delete(Tag tag) {
        if (dryRun) {
            return Mono.just(results.plannedDelete(tag));
        }
        Mono<TagResult> deleted = source.delete(tag)
                .onErrorResume(SourceException::isAnswerLost, lost -> source.delete(tag))
                .then(Mono.fromSupplier(() -> TagResult.of(WriteStatus.DELETED, tag, List.of())))
                .onErrorResume(SourceException.class, failure -> Mono.just(results.failed(tag.slug(), failure, "id")));
        return inTurn("id " + tag.remoteId(), tag.slug(), deleted);
    }

    private static @Nullable Tag find(TagList list, Wanted wanted) {
        List<Tag> there = TagReferenceResolver.named(list, wanted.draft().name());
        return there.isEmpty() ? null : there.getFirst();
    }

    private TagResult created(Tag tag, Wanted wanted) {
        List<Warning> warnings = warnings(wanted, wanted.draft().hex());
        return TagResult.of(
                WriteStatus.CREATED, tag, results.stored(tag, wanted.draft().name(), warnings));
    }

    private Mono<TagResult> existing(TagList list, Tag tag, Wanted wanted) {
        TagDraft draft = wanted.draft();
        return switch (wanted.ifExists()) {
            case FAIL -> Mono.just(results.taken(wanted.slug()));
            case REUSE -> Mono.just(TagResult.of(WriteStatus.REUSED, tag, warnings(wanted, null)));
            case UPDATE -> update(list, tag, new TagChange(null, draft.hex(), draft.description()), wanted.warnings());
        };
    }

    /** Reads the list again after a lost response, or after a refusal that may mean that the name is taken. */
    private Mono<TagResult> afterFailure(Wanted wanted, TagList before, SourceException failure) {
        boolean refused =
                failure.reason() == FailureReason.CONFLICT || failure.reason() == FailureReason.REJECTED_INPUT;
        Mono<TagResult> failed = Mono.just(results.failed(wanted.slug(), failure, "name"));
        if (!refused && !failure.responseLost()) {
            return failed;
        }
        return source.listAfresh()
                .flatMap(list -> {
                    Tag tag = find(list, wanted);
                    if (tag == null) {
                        return failed;
                    }
                    return refused || before.find(tag.remoteId()) != null || !results.isAsSent(tag, wanted.draft())
                            ? existing(list, tag, wanted)
                            : Mono.just(created(tag, wanted));
                })
                .onErrorResume(SourceException.class, again -> failed);
    }

    private List<Warning> warnings(Wanted wanted, @Nullable String hex) {
        return results.warnings(wanted.warnings(), wanted.draft().description(), hex);
    }

    /** A tag of which nothing is written, as its description has no place at this vendor or any other. */
    public TagResult undescribed(String slug) {
        String message = " has no descriptions; leave `description` out.";
        return results.refused(slug, UserErrorCode.DESCRIPTION_UNSUPPORTED, message, "input", "description");
    }

    /** What to do about a tag that is there already. */
    public enum IfExists {
        FAIL,
        /** Return the existing tag, unchanged. */
        REUSE,
        /** Return it with the requested color and description. */
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
