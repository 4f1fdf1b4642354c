package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagMessage;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagDraft;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Determines the tag of a vendor to which a reference refers, from lists that have been read: the tag with the id, else
 * with exactly the trimmed name, else with an equal slug. An id of another vendor's tag refers to the tag with the same
 * name or slug.
 */
public final class TagReferenceResolver {

    private final Vendor vendor;
    private final Map<Vendor, TagList> lists;

    TagReferenceResolver(Vendor vendor, Map<Vendor, TagList> lists) {
        this.vendor = vendor;
        this.lists = lists;
    }

    /**
     * Creates a resolver with the lists of a vendor and of all vendors whose ids are among the references. Reads no
     * list if there are no references.
     */
    public static Mono<TagReferenceResolver> over(
            VendorDirectory directory, Vendor vendor, List<TagRef> refs, Function<TagSource, Mono<TagList>> read) {
        return Flux.fromIterable(directory.vendors())
                .filter(one ->
                        (one == vendor && !refs.isEmpty()) || refs.stream().anyMatch(ref -> ref.isIdOf(one)))
                .flatMap(
                        one -> Mono.defer(() -> read.apply(directory.tags(one))).map(list -> Map.entry(one, list)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(lists -> new TagReferenceResolver(vendor, lists));
    }

    /**
     * Returns the ids of the tags of one vendor to which each reference may refer. An id of this vendor is returned
     * unchanged, unless the tags are cached and the vendor no longer has it.
     */
    public static Mono<List<Set<String>>> remoteIds(VendorDirectory directory, Vendor vendor, List<TagRef> refs) {
        List<TagRef> others = refs.stream().filter(ref -> !ref.isIdOf(vendor)).toList();
        List<String> own = refs.stream()
                .filter(ref -> ref.isIdOf(vendor))
                .map(ref -> Objects.requireNonNull(ref.globalId()).remoteId())
                .toList();
        TagSource source = directory.findTags(vendor);
        return Mono.zip(
                over(directory, vendor, others, TagSource::list),
                source == null ? Mono.just(Set.<String>of()) : source.absent(own),
                (resolver, absent) -> refs.stream()
                        .map(ref -> resolver.remoteIds(ref).stream()
                                .filter(id -> !absent.contains(id))
                                .collect(Collectors.toSet()))
                        .toList());
    }

    /** The tags with exactly a name, else the tag that was stored with another name, else those of the slug. */
    public static List<Tag> named(TagList list, String name) {
        List<Tag> exact = list.named(TagName.trim(name));
        return exact.isEmpty() ? ofSlug(list, Slug.of(name)) : exact;
    }

    /** Resolves a reference. The path of an error begins at the reference. */
    public Resolution resolve(TagRef ref) {
        String name = ref.name();
        if (ref.id() != null) {
            return byId(ref);
        }
        return name == null ? bySlug(String.valueOf(ref.slug())) : byName(name);
    }

    private Resolution byId(TagRef ref) {
        GlobalId id;
        try {
            id = GlobalId.parse(String.valueOf(ref.id()), NodeType.TAG);
        } catch (BadInputException e) {
            return rejected(UserErrorCode.NOT_FOUND, e.text(), "id");
        }
        TagList list = lists.get(id.vendor());
        Tag tag = list == null ? null : list.find(id.remoteId());
        if (tag == null) {
            return rejected(UserErrorCode.NOT_FOUND, id.vendor().displayName() + " has no tag with this id.", "id");
        }
        if (tag.vendor() == vendor) {
            return new Resolution.Found(tag);
        }
        String name = TagName.trim(tag.name());
        String like = " has no tag like `" + BadInputException.excerpt(name) + "` of "
                + tag.vendor().displayName();
        TagDraft draft = new TagDraft(name, tag.color().isKnown() ? tag.color().hex() : null, tag.description());
        TagMessage message = new TagMessage(like + ".", " has no tag like the one with this id.");
        UserError error = UserError.of(UserErrorCode.WRONG_VENDOR, message.after(vendor.displayName()), "id")
                .at(vendor);
        return choose(named(list(), tag.name()), new Resolution.Missing(draft, error, list().tags()));
    }

    private Resolution byName(String name) {
        List<Tag> named = named(list(), name);
        String problem = TagName.problem(name);
        if (problem != null && named.stream().noneMatch(tag -> tag.name().equals(name))) {
            return rejected(UserErrorCode.NAME_INVALID, problem, "name");
        }
        String trimmed = TagName.trim(name);
        String message = vendor.displayName() + " has no tag `" + BadInputException.excerpt(trimmed) + "`.";
        UserError error = error(UserErrorCode.NOT_FOUND, message, "name");
        return choose(named, new Resolution.Missing(new TagDraft(trimmed, null, null), error, list().tags()));
    }

    private Resolution bySlug(String slug) {
        String message = vendor.displayName() + " has no tag with the slug `" + BadInputException.excerpt(slug) + "`.";
        return choose(ofSlug(list(), Slug.of(slug)), rejected(UserErrorCode.NOT_FOUND, message, "slug"));
    }

    private Resolution choose(List<Tag> matches, Resolution none) {
        if (matches.size() > 1) {
            String ids = matches.stream().map(Tag::id).collect(Collectors.joining(", "));
            TagMessage message = new TagMessage(", " + ids + ".", ".").after("Several tags match: name one by its id");
            return new Resolution.Rejected(UserError.of(UserErrorCode.AMBIGUOUS, message), matches);
        }
        return matches.isEmpty() ? none : new Resolution.Found(matches.getFirst());
    }

    private Set<String> remoteIds(TagRef ref) {
        GlobalId id = ref.globalId();
        if (id != null && id.vendor() == vendor) {
            return Set.of(id.remoteId());
        }
        return switch (resolve(ref)) {
            case Resolution.Found found -> Set.of(found.tag().remoteId());
            case Resolution.Rejected rejected ->
                rejected.matches().stream().map(Tag::remoteId).collect(Collectors.toSet());
            case Resolution.Missing missing -> Set.of();
        };
    }

    private TagList list() {
        return Objects.requireNonNull(lists.get(vendor));
    }

    private static List<Tag> ofSlug(TagList list, String slug) {
        return list.tags().stream().filter(tag -> tag.slug().equals(slug)).toList();
    }

    private Resolution rejected(UserErrorCode code, String message, String member) {
        return new Resolution.Rejected(error(code, message, member), List.of());
    }

    private UserError error(UserErrorCode code, String message, String... member) {
        return UserError.of(code, message, member).at(vendor);
    }

    /** The tag or tags to which a reference refers at a vendor. */
    public sealed interface Resolution {

        /** The reference refers to one tag. */
        record Found(Tag tag) implements Resolution {}

        /**
         * The vendor does not have the tag.
         *
         * @param draft the tag to create instead
         * @param error the error if no tag may be created
         * @param others the tags of the vendor
         */
        record Missing(TagDraft draft, UserError error, List<Tag> others) implements Resolution {}

        /**
         * The reference refers to no tag or to several.
         *
         * @param matches the tags to which it may refer
         */
        record Rejected(UserError error, List<Tag> matches) implements Resolution {}
    }
}
