package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
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
import io.taggateway.tagging.tag.CreateTagInput;
import io.taggateway.tagging.tag.IfExists;
import io.taggateway.tagging.tag.TagDetailsCheck;
import io.taggateway.tagging.tag.TagDetailsInput;
import io.taggateway.tagging.tag.TagResult;
import io.taggateway.tagging.tag.TagResults;
import io.taggateway.tagging.tag.TagWrite;
import io.taggateway.tagging.tag.TagWriter;
import io.taggateway.tagging.tag.TagWriter.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Creates, changes and deletes tags. */
@Service
public class TagWriteService {

    private final TagWriter writer;
    private final TagGroupService groups;

    TagWriteService(TagWriter writer, TagGroupService groups) {
        this.writer = writer;
        this.groups = groups;
    }

    /** Creates a tag in some vendors, or in every configured one that can; one result each. */
    public Mono<TagResults> create(VendorDirectory directory, CreateTagInput input) {
        TagDetailsCheck check =
                TagDetailsCheck.of(new TagDetailsInput(input.name(), input.color(), input.description()));
        List<Vendor> vendors = input.vendors() == null
                ? able(directory, Capability.CREATE_TAG)
                : input.vendors().stream().distinct().sorted().toList();
        List<UserError> errors = new ArrayList<>(check.errors());
        if (vendors.isEmpty()) {
            errors.add(UserError.of(
                    UserErrorCode.NOTHING_TO_DO, "There is no vendor to create the tag in.", "input", "vendors"));
        }
        if (!errors.isEmpty()) {
            return Mono.just(TagResults.refused(errors));
        }
        boolean describes = vendors.stream().anyMatch(vendor -> directory.can(vendor, Capability.TAG_DESCRIPTION));
        return Flux.fromIterable(vendors)
                .flatMapSequential(vendor -> create(directory, vendor, input, check, describes))
                .collectList()
                .map(results -> new TagResults(results, List.of()));
    }

    /** Changes one tag. */
    public Mono<TagWrite> update(VendorDirectory directory, String id, TagDetailsInput input, boolean dryRun) {
        TagDetailsCheck check = TagDetailsCheck.of(input);
        if (!check.errors().isEmpty()) {
            return Mono.just(new TagWrite(null, check.errors()));
        }
        if (isEmpty(check)) {
            return Mono.just(TagWrite.refused(nothing("Give a `name`, a `color` or a `description`.")));
        }
        return withTag(directory, id, (tag, list) -> update(directory, tag, list, check, new Rest(false, dryRun)));
    }

    /** Deletes one tag from everything it is on. */
    public Mono<TagWrite> delete(VendorDirectory directory, String id, boolean dryRun) {
        return withTag(directory, id, (tag, list) -> {
            Vendor vendor = tag.vendor();
            if (!directory.can(vendor, Capability.DELETE_TAG)) {
                return Mono.just(TagResult.failed(
                        vendor,
                        tag.slug(),
                        UserError.of(
                                UserErrorCode.UNSUPPORTED,
                                vendor.displayName() + " lets nobody delete a tag through its API.",
                                "input",
                                "id")));
            }
            if (dryRun) {
                return Mono.just(TagResult.of(WriteStatus.PLANNED, tag, List.of()));
            }
            TagSource source = directory.tags(vendor);
            return source.delete(tag)
                    .onErrorResume(SourceException::isAnswerLost, lost -> source.delete(tag))
                    .then(Mono.fromSupplier(() -> TagResult.of(WriteStatus.DELETED, tag, List.of())))
                    .onErrorResume(
                            SourceException.class,
                            failure -> Mono.just(TagWriter.failed(vendor, tag.slug(), failure, "id")));
        });
    }

    /** Changes every vendor's tags of one slug; one result each, and one for each vendor that could not be asked. */
    public Mono<TagGroupWrite> updateGroup(
            VendorDirectory directory, String slug, TagDetailsInput input, boolean dryRun) {
        TagDetailsCheck check = TagDetailsCheck.of(input);
        List<UserError> errors = new ArrayList<>(check.errors());
        if (errors.isEmpty() && isEmpty(check)) {
            errors.add(nothing("Give a `name`, a `color` or a `description`."));
        }
        if (!errors.isEmpty()) {
            return Mono.just(new TagGroupWrite(null, List.of(), errors));
        }
        String wanted = Slug.of(slug).isEmpty() ? slug : Slug.of(slug);
        return Flux.fromIterable(able(directory, Capability.UPDATE_TAG))
                .flatMapSequential(vendor -> members(directory, vendor))
                .collectList()
                .flatMap(members -> updateGroup(directory, wanted, members, check, dryRun));
    }

    private Mono<TagGroupWrite> updateGroup(
            VendorDirectory directory, String slug, List<Members> members, TagDetailsCheck check, boolean dryRun) {
        List<Tag> tags =
                members.stream().flatMap(member -> member.tags(slug).stream()).toList();
        List<TagResult> failed = members.stream()
                .map(Members::failure)
                .filter(Objects::nonNull)
                .map(failure -> TagResult.failed(failure.vendor(), slug, failure))
                .toList();
        if (tags.isEmpty()) {
            List<UserError> errors = failed.isEmpty()
                    ? List.of(
                            UserError.of(UserErrorCode.NOT_FOUND, "No vendor has a tag of this slug.", "input", "slug"))
                    : List.of();
            return Mono.just(new TagGroupWrite(null, failed, errors));
        }
        boolean describes = tags.stream().anyMatch(tag -> directory.can(tag.vendor(), Capability.TAG_DESCRIPTION));
        String name = check.name();
        String after = name == null || dryRun ? slug : Slug.of(name);
        Rest rest = new Rest(describes, dryRun);
        return Flux.fromIterable(members)
                .flatMapSequential(member -> Flux.fromIterable(member.tags(slug))
                        .concatMap(tag -> update(directory, tag, member.list(), check, rest)))
                .concatWith(Flux.fromIterable(failed))
                .collectSortedList((one, other) -> one.vendor().compareTo(other.vendor()))
                .flatMap(results -> groups.find(directory, after)
                        .switchIfEmpty(groups.find(directory, slug))
                        .map(group -> new TagGroupWrite(group, results, List.of()))
                        .onErrorResume(SourceException.class, failure -> Mono.empty())
                        .defaultIfEmpty(new TagGroupWrite(null, results, List.of())));
    }

    private Mono<Members> members(VendorDirectory directory, Vendor vendor) {
        return directory
                .tags(vendor)
                .listAfresh()
                .map(list -> new Members(list, null))
                .onErrorResume(
                        SourceException.class,
                        failure -> Mono.just(new Members(TagList.of(List.of(), Instant.EPOCH), failure)));
    }

    private Mono<TagResult> create(
            VendorDirectory directory, Vendor vendor, CreateTagInput input, TagDetailsCheck check, boolean describes) {
        String name = String.valueOf(check.name());
        List<Warning> warnings = new ArrayList<>(check.warnings());
        boolean dropped = isDropped(directory, vendor, check);
        if (dropped && !describes) {
            return Mono.just(TagResult.failed(vendor, Slug.of(name), undescribed(vendor)));
        }
        if (dropped) {
            warnings.add(droppedWarning(vendor));
        }
        String description = check.description() == null || check.description().isEmpty() ? null : check.description();
        IfExists ifExists = Objects.requireNonNullElse(input.ifExists(), IfExists.FAIL);
        boolean dryRun = Boolean.TRUE.equals(input.dryRun());
        return writer.create(
                directory, vendor, Wanted.of(new TagDraft(name, check.hex(), description), ifExists, dryRun, warnings));
    }

    private Mono<TagResult> update(VendorDirectory directory, Tag tag, TagList list, TagDetailsCheck check, Rest rest) {
        List<Warning> warnings = new ArrayList<>(check.warnings());
        if (isDropped(directory, tag.vendor(), check)) {
            if (!rest.othersDescribe()) {
                return Mono.just(TagResult.failed(tag.vendor(), tag.slug(), undescribed(tag.vendor())));
            }
            warnings.add(droppedWarning(tag.vendor()));
        }
        boolean taken = list.tags().stream()
                .anyMatch(other ->
                        other.name().equals(check.name()) && !other.id().equals(tag.id()));
        if (taken) {
            return Mono.just(TagResult.failed(tag.vendor(), tag.slug(), TagWriter.taken(tag.vendor())));
        }
        TagChange change = new TagChange(check.name(), check.hex(), check.description());
        return writer.update(directory, tag, change, warnings, rest.dryRun());
    }

    /** Does something with a tag, read afresh. */
    private Mono<TagWrite> withTag(
            VendorDirectory directory, String text, BiFunction<Tag, TagList, Mono<TagResult>> work) {
        GlobalId id;
        try {
            id = GlobalId.parse(text, NodeType.TAG);
        } catch (BadInputException e) {
            return Mono.just(TagWrite.refused(UserError.of(UserErrorCode.NOT_FOUND, e.text(), "input", "id")));
        }
        return Mono.defer(() -> directory.tags(id.vendor()).listAfresh())
                .flatMap(list -> {
                    Tag tag = list.find(id.remoteId());
                    return tag == null ? Mono.just(absent(id)) : work.apply(tag, list);
                })
                .onErrorResume(SourceException.class, failure -> Mono.just(TagResult.failed(id.vendor(), "", failure)))
                .map(TagWrite::of);
    }

    private static TagResult absent(GlobalId id) {
        String message = id.vendor().displayName() + " has no tag of this id.";
        return TagResult.failed(id.vendor(), "", UserError.of(UserErrorCode.NOT_FOUND, message, "input", "id"));
    }

    private static List<Vendor> able(VendorDirectory directory, Capability capability) {
        return directory.vendors().stream()
                .filter(vendor -> directory.can(vendor, capability))
                .toList();
    }

    private static boolean isDropped(VendorDirectory directory, Vendor vendor, TagDetailsCheck check) {
        return check.description() != null
                && !check.description().isEmpty()
                && !directory.can(vendor, Capability.TAG_DESCRIPTION);
    }

    private static boolean isEmpty(TagDetailsCheck check) {
        return check.name() == null && check.hex() == null && check.description() == null;
    }

    private static UserError nothing(String message) {
        return UserError.of(UserErrorCode.NOTHING_TO_DO, message, "input");
    }

    private static UserError undescribed(Vendor vendor) {
        return UserError.of(
                UserErrorCode.DESCRIPTION_UNSUPPORTED,
                vendor.displayName() + " has no descriptions; leave `description` out.",
                "input",
                "description");
    }

    private static Warning droppedWarning(Vendor vendor) {
        return new Warning(
                WarningCode.DESCRIPTION_DROPPED, vendor.displayName() + " has no descriptions; it was left out there.");
    }

    /**
     * How an update is to be done.
     *
     * @param othersDescribe whether the description has a place at another vendor, so that it may be left out here
     */
    private record Rest(boolean othersDescribe, boolean dryRun) {}

    /** The tags of one vendor, or why they are not known. */
    private record Members(TagList list, @Nullable SourceException failure) {

        List<Tag> tags(String slug) {
            return list.tags().stream().filter(tag -> tag.slug().equals(slug)).toList();
        }
    }
}
