package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.tag.TagDetailsInput.Checked;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import io.taggateway.tagging.tag.TagWriter.IfExists;
import io.taggateway.tagging.tag.TagWriter.TagCreation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Creates, changes and deletes tags. */
@Service
public class TagWriteService {

    /** Creates a tag at some vendors, or at every configured vendor that supports it, with one result for each. */
    public Mono<TagPayload> create(VendorDirectory directory, CreateTagInput input) {
        Checked details = new TagDetailsInput(input.name(), input.color(), input.description()).check();
        List<Vendor> vendors = vendors(directory, input);
        List<UserError> errors = new ArrayList<>(details.errors());
        if (vendors.isEmpty()) {
            String message = "No vendor can create the tag.";
            errors.add(UserError.of(UserErrorCode.NOTHING_TO_DO, message, "input", "vendors"));
        }
        if (!errors.isEmpty()) {
            return Mono.just(TagPayload.refused(errors));
        }
        IfExists ifExists = Objects.requireNonNullElse(input.ifExists(), IfExists.FAIL);
        TagCreation wanted = new TagCreation(draft(details), ifExists, details.warnings());
        boolean describable = details.isDescribableAt(directory, vendors.stream());
        boolean dryRun = Boolean.TRUE.equals(input.dryRun());
        return Flux.fromIterable(vendors)
                .flatMapSequential(vendor -> Mono.fromSupplier(() -> new TagWriter(directory, vendor, dryRun))
                        .flatMap(writer ->
                                describable ? writer.create(wanted) : Mono.just(writer.undescribed(wanted.slug())))
                        .onErrorResume(
                                SourceException.class,
                                failure -> Mono.just(TagResult.failed(vendor, wanted.slug(), failure))))
                .collectList()
                .map(TagPayload::withUserErrorsOf);
    }

    private static List<Vendor> vendors(VendorDirectory directory, CreateTagInput input) {
        return Objects.requireNonNullElseGet(input.vendors(), directory::vendors).stream()
                .filter(vendor -> input.vendors() != null || directory.can(vendor, Capability.CREATE_TAG))
                .distinct()
                .sorted()
                .toList();
    }

    /** Changes one tag. */
    public Mono<TagPayload> update(VendorDirectory directory, String id, TagDetailsInput input, boolean dryRun) {
        Checked details = input.check();
        if (!details.errors().isEmpty()) {
            return Mono.just(TagPayload.refused(details.errors()));
        }
        return withTag(directory, id, (tag, list) -> {
            TagWriter writer = new TagWriter(directory, tag.vendor(), dryRun);
            return details.isDescribableAt(directory, Stream.of(tag.vendor()))
                    ? writer.update(list, tag, details.change(), details.warnings())
                    : Mono.just(writer.undescribed(tag.slug()));
        });
    }

    /** Deletes one tag, which also removes it from all calls and contacts. */
    public Mono<TagPayload> delete(VendorDirectory directory, String id, boolean dryRun) {
        return withTag(directory, id, (tag, list) -> {
            Vendor vendor = tag.vendor();
            if (!directory.can(vendor, Capability.DELETE_TAG)) {
                String message = vendor.displayName() + " does not support deleting tags.";
                UserError error = UserError.of(UserErrorCode.UNSUPPORTED, message, "input", "id");
                return Mono.just(TagResult.failed(vendor, tag.slug(), error));
            }
            return new TagWriter(directory, vendor, dryRun).delete(tag);
        });
    }

    /** Writes a tag that has just been read from the vendor. */
    private static Mono<TagPayload> withTag(
            VendorDirectory directory, String text, BiFunction<Tag, TagList, Mono<TagResult>> work) {
        GlobalId id;
        try {
            id = GlobalId.parse(text, NodeType.TAG);
        } catch (BadInputException e) {
            return Mono.just(TagPayload.refused(List.of(absent(e.text()))));
        }
        Vendor vendor = id.vendor();
        return Mono.defer(() -> directory.tags(vendor).reloadList())
                .flatMap(list -> {
                    Tag tag = list.find(id.remoteId());
                    String message = vendor.displayName() + " has no tag with this id.";
                    return tag == null
                            ? Mono.just(TagResult.failed(vendor, "", absent(message)))
                            : work.apply(tag, list);
                })
                .onErrorResume(SourceException.class, failure -> Mono.just(TagResult.failed(vendor, "", failure)))
                .map(TagPayload::of);
    }

    private static UserError absent(String message) {
        return UserError.of(UserErrorCode.NOT_FOUND, message, "input", "id");
    }

    private static TagDraft draft(Checked details) {
        String name = String.valueOf(details.change().name());
        String description = details.change().description();
        boolean none = description == null || description.isEmpty();
        return new TagDraft(name, details.change().hex(), none ? null : description);
    }

    /**
     * A tag to create.
     *
     * @param color as the caller sent it
     * @param vendors null for every configured vendor that supports it
     */
    public record CreateTagInput(
            String name,
            @Nullable String color,
            @Nullable String description,
            @Nullable List<Vendor> vendors,
            @Nullable IfExists ifExists,
            @Nullable Boolean dryRun) {}
}
