package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.WarningCode;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagChange;
import io.taggateway.tagging.source.TagDraft;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Creates and changes single tags at single vendors, and knows what their failures mean. */
@Component
public class TagWriter {

    /** Creates a tag out of a list read for it, unless the vendor has one of that name or slug. */
    public Mono<TagResult> create(VendorDirectory directory, Vendor vendor, Wanted wanted) {
        return Mono.defer(() -> directory.tags(vendor).listAfresh())
                .flatMap(list -> create(directory, vendor, wanted, list))
                .onErrorResume(
                        SourceException.class, failure -> Mono.just(TagResult.failed(vendor, wanted.slug(), failure)));
    }

    /** Creates a tag at a vendor whose tags have just been read. */
    public Mono<TagResult> create(VendorDirectory directory, Vendor vendor, Wanted wanted, TagList list) {
        TagSource source = directory.tags(vendor);
        Tag there = first(TagReferenceResolver.named(list, wanted.draft().name()));
        if (there != null) {
            return existing(directory, there, wanted);
        }
        List<Warning> warnings = warnings(source, wanted);
        if (wanted.dryRun()) {
            return Mono.just(TagResult.planned(vendor, wanted.slug(), warnings));
        }
        return source.create(described(directory, source, wanted.draft()))
                .flatMap(tag -> list.find(tag.remoteId()) == null
                        ? Mono.just(TagResult.of(WriteStatus.CREATED, tag, warnings))
                        : existing(directory, tag, wanted))
                .onErrorResume(
                        SourceException.class, failure -> afterFailure(directory, source, wanted, list, failure));
    }

    /** Changes a tag into what is wanted, as far as it is different. */
    public Mono<TagResult> update(
            VendorDirectory directory, Tag tag, TagChange wanted, List<Warning> given, boolean dryRun) {
        TagSource source = directory.tags(tag.vendor());
        TagChange change = difference(directory, source, tag, wanted);
        List<Warning> warnings = new ArrayList<>(given);
        if (!tag.color().hex().equals(wanted.hex())) {
            addRounding(source, wanted.hex(), warnings);
        }
        if (change.isEmpty()) {
            return Mono.just(TagResult.of(WriteStatus.UNCHANGED, tag, warnings));
        }
        if (dryRun) {
            return Mono.just(TagResult.planned(tag, change, warnings));
        }
        return source.update(tag, change)
                .onErrorResume(SourceException::isAnswerLost, lost -> source.update(tag, change))
                .map(changed -> difference(directory, source, changed, change).isEmpty()
                        ? TagResult.of(WriteStatus.UPDATED, changed, warnings)
                        : TagResult.failed(tag.vendor(), tag.slug(), rejected(tag.vendor())))
                .onErrorResume(
                        SourceException.class, failure -> Mono.just(failed(tag.vendor(), tag.slug(), failure, "name")));
    }

    /** What a failed write of a tag tells the caller, with the member of the input that it concerns. */
    public static TagResult failed(Vendor vendor, String slug, SourceException failure, String member) {
        return switch (failure.reason()) {
            case CONFLICT -> TagResult.failed(vendor, slug, taken(vendor));
            case REJECTED_INPUT -> TagResult.failed(vendor, slug, rejected(vendor));
            case NOT_FOUND ->
                TagResult.failed(
                        vendor,
                        slug,
                        UserError.of(
                                UserErrorCode.NOT_FOUND,
                                vendor.displayName() + " does not have this tag any more.",
                                "input",
                                member));
            case UNAVAILABLE,
                    SERVER_ERROR,
                    OVERLOADED,
                    TIMEOUT,
                    RATE_LIMITED,
                    CIRCUIT_OPEN,
                    REQUEST_LIMIT,
                    AUTH_FAILED,
                    FORBIDDEN,
                    INVALID_RESPONSE,
                    NOT_CONFIGURED -> TagResult.failed(vendor, slug, failure);
        };
    }

    private Mono<TagResult> existing(VendorDirectory directory, Tag tag, Wanted wanted) {
        return switch (wanted.ifExists()) {
            case FAIL -> Mono.just(TagResult.failed(tag.vendor(), wanted.slug(), taken(tag.vendor())));
            case REUSE -> Mono.just(TagResult.of(WriteStatus.REUSED, tag, wanted.warnings()));
            case UPDATE -> {
                TagChange change =
                        new TagChange(null, wanted.draft().hex(), wanted.draft().description());
                yield update(directory, tag, change, wanted.warnings(), wanted.dryRun());
            }
        };
    }

    /** After a lost answer, or a refusal that may mean that the name is taken, the list is read again and decides. */
    private Mono<TagResult> afterFailure(
            VendorDirectory directory, TagSource source, Wanted wanted, TagList before, SourceException failure) {
        boolean refused =
                failure.reason() == FailureReason.CONFLICT || failure.reason() == FailureReason.REJECTED_INPUT;
        TagResult failed = failed(source.vendor(), wanted.slug(), failure, "name");
        if (!refused && !failure.answerLost()) {
            return Mono.just(failed);
        }
        return source.listAfresh()
                .flatMap(list -> {
                    Tag tag = first(
                            TagReferenceResolver.named(list, wanted.draft().name()));
                    if (tag == null) {
                        return Mono.just(failed);
                    }
                    return refused || before.find(tag.remoteId()) != null
                            ? existing(directory, tag, wanted)
                            : Mono.just(TagResult.of(WriteStatus.CREATED, tag, warnings(source, wanted)));
                })
                .onErrorResume(SourceException.class, again -> Mono.just(failed));
    }

    private TagChange difference(VendorDirectory directory, TagSource source, Tag tag, TagChange wanted) {
        String name = wanted.name() == null || wanted.name().equals(tag.name()) ? null : wanted.name();
        String hex = wanted.hex() == null
                        || wanted.hex().equals(tag.color().hex())
                        || source.storedColor(wanted.hex()).equals(tag.color().hex())
                ? null
                : wanted.hex();
        String description = wanted.description() == null
                        || !describes(directory, source)
                        || wanted.description().equals(Objects.requireNonNullElse(tag.description(), ""))
                ? null
                : wanted.description();
        return new TagChange(name, hex, description);
    }

    private TagDraft described(VendorDirectory directory, TagSource source, TagDraft draft) {
        return describes(directory, source) ? draft : new TagDraft(draft.name(), draft.hex(), null);
    }

    private static boolean describes(VendorDirectory directory, TagSource source) {
        return directory.can(source.vendor(), Capability.TAG_DESCRIPTION);
    }

    private static List<Warning> warnings(TagSource source, Wanted wanted) {
        List<Warning> warnings = new ArrayList<>(wanted.warnings());
        addRounding(source, wanted.draft().hex(), warnings);
        return warnings;
    }

    private static void addRounding(TagSource source, @Nullable String hex, List<Warning> warnings) {
        if (hex != null && !source.storedColor(hex).equals(hex)) {
            warnings.add(new Warning(
                    WarningCode.COLOR_ROUNDED,
                    source.vendor().displayName() + " has no " + hex + "; it shows " + source.storedColor(hex)
                            + ", the nearest that it has."));
        }
    }

    private static @Nullable Tag first(List<Tag> tags) {
        return tags.isEmpty() ? null : tags.getFirst();
    }

    public static UserError taken(Vendor vendor) {
        return UserError.of(
                UserErrorCode.NAME_TAKEN, vendor.displayName() + " has a tag of this name already.", "input", "name");
    }

    private static UserError rejected(Vendor vendor) {
        return UserError.of(UserErrorCode.REJECTED_BY_VENDOR, vendor.displayName() + " refused this tag.", "input");
    }

    /**
     * A tag that is wanted at a vendor.
     *
     * @param slug of its name
     * @param warnings what is to be told with every outcome
     */
    public record Wanted(TagDraft draft, String slug, IfExists ifExists, boolean dryRun, List<Warning> warnings) {

        public static Wanted of(TagDraft draft, IfExists ifExists, boolean dryRun, List<Warning> warnings) {
            return new Wanted(draft, Slug.of(draft.name()), ifExists, dryRun, warnings);
        }
    }
}
