package io.taggateway.tagging.assignment;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagDraft;
import io.taggateway.tagging.tag.IfExists;
import io.taggateway.tagging.tag.TagLookup;
import io.taggateway.tagging.tag.TagLookup.Found;
import io.taggateway.tagging.tag.TagRef;
import io.taggateway.tagging.tag.TagResult;
import io.taggateway.tagging.tag.TagWriter;
import io.taggateway.tagging.tag.TagWriter.Wanted;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds out which tags of a vendor are to be put on things and taken off them, and creates what is missing. */
@Component
class TagSets {

    private final TagLookup lookup;
    private final TagWriter writer;

    TagSets(TagLookup lookup, TagWriter writer) {
        this.lookup = lookup;
        this.writer = writer;
    }

    /** The tags of a vendor that some references mean; a failure to ask for them is a {@code SourceException}. */
    Mono<TagSet> find(VendorDirectory directory, Vendor vendor, Refs refs, boolean createMissing, boolean dryRun) {
        return Mono.zip(
                        lookup.find(directory, vendor, refs.add(), refs.addMember(), createMissing),
                        lookup.find(directory, vendor, refs.remove(), refs.removeMember(), false))
                .flatMap(found -> {
                    Found add = found.getT1();
                    Found remove = found.getT2();
                    List<UserError> errors = new ArrayList<>(add.errors());
                    errors.addAll(remove.errors());
                    add.tags().stream().filter(remove.tags()::contains).forEach(tag -> errors.add(both(tag, refs)));
                    TagSet set =
                            new TagSet(add.tags(), remove.tags(), !add.missing().isEmpty(), errors);
                    return add.missing().isEmpty() || dryRun || !errors.isEmpty()
                            ? Mono.just(set)
                            : create(directory, vendor, add.missing(), set);
                });
    }

    private Mono<TagSet> create(VendorDirectory directory, Vendor vendor, List<TagDraft> missing, TagSet set) {
        return Flux.fromIterable(missing)
                .concatMap(
                        draft -> writer.create(directory, vendor, Wanted.of(draft, IfExists.REUSE, false, List.of())))
                .collectList()
                .flatMap(results -> {
                    List<Tag> add = new ArrayList<>(set.add());
                    List<UserError> errors = new ArrayList<>();
                    for (TagResult result : results) {
                        SourceException failure = result.failure();
                        if (failure != null) {
                            return Mono.error(failure);
                        }
                        errors.addAll(result.userErrors());
                        if (result.tag() != null) {
                            add.add(result.tag());
                        }
                    }
                    return Mono.just(new TagSet(add, set.remove(), false, errors));
                });
    }

    private static UserError both(Tag tag, Refs refs) {
        return UserError.of(
                        UserErrorCode.CONFLICT,
                        "`" + tag.name() + "` is both to be added and to be removed.",
                        "input",
                        refs.removeMember())
                .at(tag.vendor());
    }

    /**
     * What a caller named.
     *
     * @param addMember the input's member that holds what to add
     * @param removeMember likewise
     * @param exact whether everything else is to be removed
     */
    record Refs(List<TagRef> add, String addMember, List<TagRef> remove, String removeMember, boolean exact) {}

    /**
     * What it means at one vendor.
     *
     * @param planned whether there is a tag to be created first, which a dry run leaves undone
     * @param errors what the caller has to mend; nothing is to be written then
     */
    record TagSet(List<Tag> add, List<Tag> remove, boolean planned, List<UserError> errors) {}
}
