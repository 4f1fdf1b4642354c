package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Capability;
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
import io.taggateway.tagging.tag.IfExists;
import io.taggateway.tagging.tag.TagReferenceResolver;
import io.taggateway.tagging.tag.TagResult;
import io.taggateway.tagging.tag.TagResults;
import io.taggateway.tagging.tag.TagWriter;
import io.taggateway.tagging.tag.TagWriter.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes one vendor's tags exist, and look alike, in another. */
@Service
public class SyncService {

    private static final int AT_ONCE = 4;

    private final TagWriter writer;

    SyncService(TagWriter writer) {
        this.writer = writer;
    }

    /**
     * Creates what is missing, out of both lists read afresh, with one result a tag; a second time it changes nothing.
     * A failure to read either list is a {@code SourceException}.
     */
    public Mono<TagResults> sync(VendorDirectory directory, SyncTagsInput input) {
        if (input.from() == input.to()) {
            return Mono.just(TagResults.refused(List.of(UserError.of(
                    UserErrorCode.NOTHING_TO_DO, "`from` and `to` must be different vendors.", "input", "to"))));
        }
        return Mono.zip(afresh(directory, input.from()), afresh(directory, input.to()))
                .flatMap(lists -> sync(directory, input, lists.getT1(), lists.getT2()));
    }

    private Mono<TagList> afresh(VendorDirectory directory, Vendor vendor) {
        return Mono.defer(() -> directory.tags(vendor).listAfresh());
    }

    private Mono<TagResults> sync(VendorDirectory directory, SyncTagsInput input, TagList from, TagList to) {
        List<UserError> errors = new ArrayList<>();
        List<String> slugs = Objects.requireNonNullElse(input.slugs(), List.of());
        for (int i = 0; i < slugs.size(); i++) {
            String slug = slugs.get(i);
            if (from.tags().stream().noneMatch(tag -> tag.slug().equals(slug))) {
                String message = input.from().displayName() + " has no tag of this slug.";
                errors.add(UserError.of(UserErrorCode.NOT_FOUND, message, "input", "slugs", Integer.toString(i))
                        .at(input.from()));
            }
        }
        if (!errors.isEmpty()) {
            return Mono.just(TagResults.refused(errors));
        }
        return Flux.fromIterable(from.tags())
                .filter(tag -> input.slugs() == null || slugs.contains(tag.slug()))
                .distinct(Tag::slug)
                .sort((one, other) -> one.slug().compareTo(other.slug()))
                .flatMapSequential(tag -> sync(directory, input, tag, to), AT_ONCE)
                .collectList()
                .map(results -> new TagResults(results, List.of()));
    }

    private Mono<TagResult> sync(VendorDirectory directory, SyncTagsInput input, Tag tag, TagList to) {
        boolean dryRun = Boolean.TRUE.equals(input.dryRun());
        List<Tag> counterparts = TagReferenceResolver.named(to, tag.name());
        if (counterparts.isEmpty()) {
            TagDraft draft = new TagDraft(tag.name().strip(), tag.color().hex(), tag.description());
            return writer.create(
                            directory,
                            input.to(),
                            Wanted.of(draft, IfExists.REUSE, dryRun, dropped(directory, tag, input.to())),
                            to)
                    .onErrorResume(
                            SourceException.class,
                            failure -> Mono.just(TagResult.failed(input.to(), tag.slug(), failure)));
        }
        Tag counterpart = counterparts.getFirst();
        if (!Boolean.TRUE.equals(input.align())) {
            return Mono.just(TagResult.of(WriteStatus.UNCHANGED, counterpart, List.of()));
        }
        // A tag without a description says nothing of one, so none is cleared for its sake.
        TagChange change = new TagChange(null, tag.color().hex(), tag.description());
        return writer.update(directory, counterpart, change, List.of(), dryRun);
    }

    private static List<Warning> dropped(VendorDirectory directory, Tag tag, Vendor to) {
        return tag.description() == null || directory.can(to, Capability.TAG_DESCRIPTION)
                ? List.of()
                : List.of(new Warning(
                        WarningCode.DESCRIPTION_DROPPED,
                        to.displayName() + " has no descriptions; it was left out there."));
    }
}
