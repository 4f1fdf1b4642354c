package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagDraft;
import io.taggateway.tagging.source.TagList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds, at the vendor of a call or contact, the tags that a caller names for it. */
@Component
public class TagLookup {

    /**
     * The tags that some references mean at a vendor. What the held lists do not have is looked for in fresh ones.
     *
     * @param member the input's member that holds the references
     * @param createMissing whether a tag that the vendor lacks is to be created, where it is known how
     */
    public Mono<Found> find(
            VendorDirectory directory, Vendor vendor, List<TagRef> refs, String member, boolean createMissing) {
        if (refs.isEmpty()) {
            return Mono.just(new Found(List.of(), List.of(), List.of()));
        }
        return lists(directory, vendor, refs, false).flatMap(held -> {
            Found found = find(held, vendor, refs, member, createMissing);
            return found.complete()
                    ? Mono.just(found)
                    : lists(directory, vendor, refs, true)
                            .map(fresh -> find(fresh, vendor, refs, member, createMissing));
        });
    }

    /** The lists of the vendor and of all whose ids are among the references. */
    private Mono<Map<Vendor, TagList>> lists(
            VendorDirectory directory, Vendor vendor, List<TagRef> refs, boolean afresh) {
        List<Vendor> vendors = directory.vendors().stream()
                .filter(one -> one == vendor
                        || refs.stream()
                                .anyMatch(ref -> ref.id() != null && ref.id().startsWith(one.prefix() + ":")))
                .toList();
        return Flux.fromIterable(vendors)
                .flatMap(one -> Mono.defer(() -> afresh
                                ? directory.tags(one).listAfresh()
                                : directory.tags(one).list())
                        .map(list -> Map.entry(one, list)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Found find(
            Map<Vendor, TagList> lists, Vendor vendor, List<TagRef> refs, String member, boolean createMissing) {
        Map<String, Tag> tags = new java.util.LinkedHashMap<>();
        List<TagDraft> missing = new ArrayList<>();
        List<UserError> errors = new ArrayList<>();
        for (int i = 0; i < refs.size(); i++) {
            Search search = new Search(lists, vendor, refs.get(i), List.of("input", member, Integer.toString(i)));
            Match match = search.match();
            if (match.tag() != null) {
                tags.putIfAbsent(match.tag().id(), match.tag());
            } else if (match.draft() != null && createMissing) {
                missing.add(match.draft());
            } else {
                errors.add(Objects.requireNonNull(match.error()).at(vendor));
            }
        }
        Map<String, TagDraft> drafts = missing.stream()
                .collect(Collectors.toMap(
                        draft -> Slug.of(draft.name()),
                        Function.identity(),
                        (first, second) -> first,
                        java.util.LinkedHashMap::new));
        return new Found(List.copyOf(tags.values()), List.copyOf(drafts.values()), errors);
    }

    /**
     * What was found.
     *
     * @param tags each once
     * @param missing what has to be created first, each once
     * @param errors what the caller has to mend
     */
    public record Found(List<Tag> tags, List<TagDraft> missing, List<UserError> errors) {

        boolean complete() {
            return missing.isEmpty() && errors.isEmpty();
        }
    }

    /** What one reference means: a tag, or else what to create in its place and what to tell if nobody may. */
    private record Match(
            @Nullable Tag tag,
            @Nullable TagDraft draft,
            @Nullable UserError error) {

        static Match of(Tag tag) {
            return new Match(tag, null, null);
        }
    }

    /** The search for one reference. */
    private record Search(Map<Vendor, TagList> lists, Vendor vendor, TagRef ref, List<String> path) {

        Match match() {
            if (ref.id() != null) {
                return byId(ref.id());
            }
            String name = ref.name();
            return name == null ? bySlug(String.valueOf(ref.slug())) : byName(name.strip());
        }

        private Match byId(String text) {
            GlobalId id;
            try {
                id = GlobalId.parse(text, NodeType.TAG);
            } catch (BadInputException e) {
                return error(UserErrorCode.NOT_FOUND, e.text(), "id", null);
            }
            TagList list = lists.get(id.vendor());
            Tag tag = list == null ? null : list.find(id.remoteId());
            if (tag == null) {
                String message = id.vendor().displayName() + " has no tag of this id.";
                return error(UserErrorCode.NOT_FOUND, message, "id", null);
            }
            if (tag.vendor() == vendor) {
                return Match.of(tag);
            }
            TagDraft draft = new TagDraft(tag.name(), tag.color().hex(), tag.description());
            String message = vendor.displayName() + " has no tag like `" + BadInputException.excerpt(tag.name())
                    + "` of " + tag.vendor().displayName() + ".";
            return choose(candidates(tag.name(), tag.slug()), error(UserErrorCode.WRONG_VENDOR, message, "id", draft));
        }

        private Match byName(String name) {
            if (name.isEmpty()) {
                return error(UserErrorCode.NAME_INVALID, "A tag's name is not blank.", "name", null);
            }
            String message = vendor.displayName() + " has no tag `" + BadInputException.excerpt(name) + "`.";
            TagDraft draft = new TagDraft(name, null, null);
            return choose(candidates(name, Slug.of(name)), error(UserErrorCode.NOT_FOUND, message, "name", draft));
        }

        private Match bySlug(String slug) {
            String wanted = Slug.of(slug).isEmpty() ? slug : Slug.of(slug);
            String message =
                    vendor.displayName() + " has no tag of the slug `" + BadInputException.excerpt(slug) + "`.";
            List<Tag> candidates =
                    list().stream().filter(tag -> tag.slug().equals(wanted)).toList();
            return choose(candidates, error(UserErrorCode.NOT_FOUND, message, "slug", null));
        }

        private Match choose(List<Tag> candidates, Match none) {
            if (candidates.size() > 1) {
                String ids = candidates.stream().map(Tag::id).collect(Collectors.joining(", "));
                return error(
                        UserErrorCode.AMBIGUOUS, "Several tags match: name one by its id, " + ids + ".", null, null);
            }
            return candidates.isEmpty() ? none : Match.of(candidates.getFirst());
        }

        /** The tags of exactly a name, else those of an equal slug. */
        private List<Tag> candidates(String name, String slug) {
            List<Tag> exact =
                    list().stream().filter(tag -> tag.name().equals(name)).toList();
            return exact.isEmpty() && !slug.isEmpty()
                    ? list().stream().filter(tag -> tag.slug().equals(slug)).toList()
                    : exact;
        }

        private List<Tag> list() {
            TagList list = lists.get(vendor);
            return list == null ? List.of() : list.tags();
        }

        private Match error(UserErrorCode code, String message, @Nullable String member, @Nullable TagDraft draft) {
            List<String> field = new ArrayList<>(path);
            if (member != null) {
                field.add(member);
            }
            return new Match(null, draft, new UserError(field, message, code, null));
        }
    }
}
