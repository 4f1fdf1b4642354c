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
import io.taggateway.tagging.operation.WriteVerification;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Creates, updates and deletes single tags of one vendor, or plans to do so, and interprets its failures. */
public final class TagWriter {

    private final TagSource source;
    private final Vendor vendor;
    private final boolean describes;
    private final boolean dryRun;
    private final TagResultFactory results;

    /**
     * Creates a writer for a vendor's tags.
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

    /** Creates a tag unless the vendor's list, which is read first, has one with its name or slug. */
    public Mono<TagResult> create(TagCreation wanted) {
        return createSerialized(wanted, Mono.defer(source::reloadList).flatMap(list -> createIn(list, wanted)));
    }

    /** Creates a tag at a vendor whose tags have just been read. */
    public Mono<TagResult> create(TagCreation wanted, TagList list) {
        return createSerialized(wanted, Mono.defer(() -> current(list, wanted)).flatMap(now -> createIn(now, wanted)));
    }

    /** Creates tags of one slug one after another, as vendors may accept two of a name; not in dry runs. */
    private Mono<TagResult> createSerialized(TagCreation wanted, Mono<TagResult> creation) {
        return dryRun ? creation : serialized("slug " + wanted.slug(), wanted.slug(), creation);
    }

    private Mono<TagResult> serialized(String key, String slug, Mono<TagResult> work) {
        return source.exclusively(key, work)
                .onErrorResume(SourceException.class, failure -> Mono.just(TagResult.failed(vendor, slug, failure)));
    }

    /** A list that was read before. It is reloaded if the tag may have been created since. */
    private Mono<TagList> current(TagList list, TagCreation wanted) {
        TagListResult cached = source.cached();
        boolean made = cached == null || (find(list, wanted) == null && find(cached.list(), wanted) != null);
        return made ? source.reloadList() : Mono.just(list);
    }

    private Mono<TagResult> createIn(TagList list, TagCreation wanted) {
        TagDraft draft = wanted.draft();
        Tag there = find(list, wanted);
        if (there != null) {
            return existing(list, there, wanted);
        }
        if (TagName.problem(draft.name()) != null) {
            String message = " was sent no tag with this name: " + TagName.problem(draft.name());
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

    /** Updates the different fields of a tag from a current list; again if another writer changes it meanwhile. */
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
        Mono<TagResult> written =
                serialized("id " + tag.remoteId(), tag.slug(), Mono.defer(() -> update.write(change)));
        return change.name() == null ? written : serialized("slug " + Slug.of(change.name()), tag.slug(), written);
    }

    /** Deletes a tag, which also removes it from all calls and contacts. */
    public Mono<TagResult> delete(Tag tag) {
        if (dryRun) {
            return Mono.just(results.plannedDelete(tag));
        }
        Mono<TagResult> deleted = source.delete(tag)
                .onErrorResume(SourceException::isResponseLost, lost -> source.delete(tag))
                .then(Mono.fromSupplier(() -> TagResult.of(WriteStatus.DELETED, tag, List.of())))
                .onErrorResume(SourceException.class, failure -> Mono.just(results.failed(tag.slug(), failure, "id")));
        return serialized("id " + tag.remoteId(), tag.slug(), deleted);
    }

    private static @Nullable Tag find(TagList list, TagCreation wanted) {
        List<Tag> there = TagReferenceResolver.named(list, wanted.draft().name());
        return there.isEmpty() ? null : there.getFirst();
    }

    private TagResult created(Tag tag, TagCreation wanted) {
        List<Warning> warnings = warnings(wanted, wanted.draft().hex());
        return TagResult.of(
                WriteStatus.CREATED, tag, results.stored(tag, wanted.draft().name(), warnings));
    }

    private Mono<TagResult> existing(TagList list, Tag tag, TagCreation wanted) {
        TagDraft draft = wanted.draft();
        return switch (wanted.ifExists()) {
            case FAIL -> Mono.just(results.taken(wanted.slug()));
            case REUSE -> Mono.just(TagResult.of(WriteStatus.REUSED, tag, warnings(wanted, null)));
            case UPDATE -> update(list, tag, new TagChange(null, draft.hex(), draft.description()), wanted.warnings());
        };
    }

    /** Reads the list again: after a refusal that may mean a taken name, or several times after a lost response. */
    private Mono<TagResult> afterFailure(TagCreation wanted, TagList before, SourceException failure) {
        boolean refused =
                failure.reason() == FailureReason.CONFLICT || failure.reason() == FailureReason.REJECTED_INPUT;
        Mono<TagResult> failed = Mono.just(results.failed(wanted.slug(), failure, "name"));
        if (!refused && !failure.responseLost()) {
            return failed;
        }
        Mono<TagList> later = refused
                ? source.reloadList()
                : WriteVerification.DEFAULT.read(Mono.defer(source::reloadList), list -> find(list, wanted) != null);
        return later.flatMap(list -> {
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

    private List<Warning> warnings(TagCreation wanted, @Nullable String hex) {
        return results.warnings(wanted.warnings(), wanted.draft().description(), hex);
    }

    /** The result for a tag that is not written, as no vendor of the request supports its description. */
    public TagResult undescribed(String slug) {
        String message = " has no descriptions; omit `description`.";
        return results.refused(slug, UserErrorCode.DESCRIPTION_UNSUPPORTED, message, "input", "description");
    }

    /** The behavior if the tag already exists. */
    public enum IfExists {
        FAIL,
        /** Return the existing tag, unchanged. */
        REUSE,
        /** Return it with the requested color and description. */
        UPDATE
    }

    /**
     * A tag to create at a vendor.
     *
     * @param warnings part of every result
     */
    public record TagCreation(TagDraft draft, IfExists ifExists, List<Warning> warnings) {

        String slug() {
            return Slug.of(draft.name());
        }
    }
}
