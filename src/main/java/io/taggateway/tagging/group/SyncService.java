package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Capability;
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
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.tag.TagPayload;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import io.taggateway.tagging.tag.TagReferenceResolver;
import io.taggateway.tagging.tag.TagWriter;
import io.taggateway.tagging.tag.TagWriter.IfExists;
import io.taggateway.tagging.tag.TagWriter.TagCreation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Creates one vendor's tags at another vendor, and aligns their attributes. */
@Service
public class SyncService {

    private static final int AT_ONCE = 4;

    /**
     * Creates missing tags after reloading both lists, with one result for each tag. A second run changes nothing. If a
     * list cannot be read, it fails with a {@link SourceException}.
     */
    public Mono<TagPayload> sync(VendorDirectory directory, SyncTagsInput input) {
        if (input.from() == input.to()) {
            String message = "`from` and `to` must be different vendors.";
            UserError error = UserError.of(UserErrorCode.NOTHING_TO_DO, message, "input", "to");
            return Mono.just(TagPayload.refused(List.of(error)));
        }
        return Mono.zip(reload(directory, input.from()), reload(directory, input.to()))
                .flatMap(lists -> sync(directory, input, lists.getT1(), lists.getT2()));
    }

    private static Mono<TagList> reload(VendorDirectory directory, Vendor vendor) {
        return Mono.defer(() -> directory.tags(vendor).reloadList());
    }

    private static Mono<TagPayload> sync(VendorDirectory directory, SyncTagsInput input, TagList from, TagList to) {
        List<UserError> errors = unknownSlugs(input, from);
        if (!errors.isEmpty()) {
            return Mono.just(TagPayload.refused(errors));
        }
        boolean describes = directory.can(input.to(), Capability.TAG_DESCRIPTION);
        TagWriter writer = new TagWriter(directory, input.to(), Boolean.TRUE.equals(input.dryRun()));
        TargetVendor target = new TargetVendor(writer, to, describes, Boolean.TRUE.equals(input.align()));
        Set<String> slugs = Set.copyOf(slugs(input));
        SortedMap<String, List<Tag>> equals = from.tags().stream()
                .filter(tag -> input.slugs() == null || slugs.contains(tag.slug()))
                .collect(Collectors.groupingBy(Tag::slug, TreeMap::new, Collectors.toList()));
        return Flux.fromIterable(equals.values())
                .flatMapSequential(target::write, AT_ONCE)
                .collectList()
                .map(TagPayload::of);
    }

    private static List<UserError> unknownSlugs(SyncTagsInput input, TagList from) {
        List<String> slugs = slugs(input);
        Set<String> known = from.tags().stream().map(Tag::slug).collect(Collectors.toSet());
        String message = input.from().displayName() + " has no tag with this slug.";
        return IntStream.range(0, slugs.size())
                .filter(i -> !known.contains(slugs.get(i)))
                .mapToObj(i -> UserError.of(UserErrorCode.NOT_FOUND, message, "input", "slugs", Integer.toString(i))
                        .at(input.from()))
                .toList();
    }

    private static List<String> slugs(SyncTagsInput input) {
        return Objects.requireNonNullElse(input.slugs(), List.<String>of()).stream()
                .map(Slug::of)
                .toList();
    }

    /**
     * The vendor whose tags are created and aligned.
     *
     * @param describes whether its tags have descriptions
     */
    private record TargetVendor(TagWriter writer, TagList list, boolean describes, boolean align) {

        /** Writes the counterpart of the first of several tags with equal slugs. A warning names each of the others. */
        Mono<TagResult> write(List<Tag> equals) {
            Tag tag = equals.getFirst();
            List<Warning> leftOut =
                    equals.stream().skip(1).map(TargetVendor::leftOut).toList();
            List<Tag> there = TagReferenceResolver.named(list, tag.name());
            String hex = tag.color().isKnown() ? tag.color().hex() : null;
            if (there.isEmpty()) {
                TagDraft draft = new TagDraft(TagName.trim(tag.name()), hex, tag.description());
                return writer.create(new TagCreation(draft, IfExists.REUSE, leftOut), list);
            }
            Tag counterpart = there.getFirst();
            if (!align) {
                return Mono.just(TagResult.of(WriteStatus.UNCHANGED, counterpart, leftOut));
            }
            // An absent attribute is not copied: no description is cleared, and no unknown color replaces another.
            TagChange change = new TagChange(
                    null, counterpart.color().isKnown() ? hex : null, describes ? tag.description() : null);
            return writer.update(list, counterpart, change, leftOut);
        }

        private static Warning leftOut(Tag tag) {
            String message = "`" + BadInputException.excerpt(tag.name()) + "` (" + tag.id()
                    + ") was omitted, as its name equals that of a preceding tag.";
            return new Warning(WarningCode.EQUAL_TAG_LEFT_OUT, message);
        }
    }

    /**
     * A request to create one vendor's tags at another vendor.
     *
     * @param slugs only these groups; null for all
     * @param align whether tags that both vendors have are aligned too
     */
    public record SyncTagsInput(
            Vendor from,
            Vendor to,
            @Nullable List<String> slugs,
            @Nullable Boolean align,
            @Nullable Boolean dryRun) {}
}
