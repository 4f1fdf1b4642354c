package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SortedTag;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.paging.ListPager;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.tag.TagService;
import io.taggateway.tagging.tag.TagService.TagCatalog;
import java.text.CollationKey;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Finds groups: tags of the same slug across vendors. */
@Service
public class TagGroupService {

    private final TagService tags;

    public TagGroupService(TagService tags) {
        this.tags = tags;
    }

    /** The groups that match a filter, by name. If a vendor fails, only its tags are missing. */
    public Mono<Connection<TagGroup>> list(VendorDirectory directory, TagGroupFilter filter, PageArguments arguments) {
        ListPager<SortedGroup> pager = pager(directory.cursors());
        pager.check(arguments);
        return grouping(directory)
                .map(grouping -> pager.page(
                                grouping.sorted(filter.predicate()),
                                arguments,
                                grouping.catalog().outcomes())
                        .map(SortedGroup::group));
    }

    /**
     * One group; empty if there is none.
     *
     * @throws GatewayException if it was not found and the request to a vendor failed
     */
    public Mono<TagGroup> find(VendorDirectory directory, String slug) {
        return grouping(directory).map(grouping -> grouping.lookup(slug)).flatMap(Lookup::toMono);
    }

    /** The outcome for each slug. The vendors' lists are read once, or not at all if there are no slugs. */
    public Mono<Map<String, Lookup<TagGroup>>> findAll(VendorDirectory directory, Collection<String> slugs) {
        return slugs.isEmpty()
                ? Mono.just(Map.of())
                : grouping(directory)
                        .map(grouping ->
                                slugs.stream().distinct().collect(Collectors.toMap(slug -> slug, grouping::lookup)));
    }

    /** The groups of the given tags. */
    public Mono<Map<Tag, TagGroup>> groups(VendorDirectory directory, Collection<Tag> members) {
        return grouping(directory).map(grouping -> {
            Map<Tag, TagGroup> groups = new LinkedHashMap<>();
            members.forEach(tag -> groups.put(tag, grouping.groupOf(tag)));
            return groups;
        });
    }

    /** A group after planned changes of some of its tags. Renamed tags may belong to another group then. */
    Mono<TagGroup> planned(VendorDirectory directory, String slug, List<Tag> changed) {
        return grouping(directory).mapNotNull(grouping -> grouping.planned(slug, changed));
    }

    private static ListPager<SortedGroup> pager(CursorCodec cursors) {
        return new ListPager<>(
                cursors,
                "groups",
                2,
                sorted -> List.of(
                        TagName.compared(sorted.group().name()),
                        TagName.compared(sorted.group().slug())),
                key -> SortedGroup.position(SortedTag.nameKey(key.get(0)), key.get(1)));
    }

    private Mono<Grouping> grouping(VendorDirectory directory) {
        return tags.catalog(directory, vendor -> true)
                .map(catalog ->
                        new Grouping(catalog, catalog.readVendors(), catalog.failures(), new DriftDetector(directory)));
    }

    /**
     * The groups of one catalog.
     *
     * @param readVendors the vendors whose tags were read
     * @param failures of the vendors whose requests failed
     */
    private record Grouping(
            TagCatalog catalog, List<Vendor> readVendors, List<SourceException> failures, DriftDetector drift) {

        List<SortedGroup> sorted(Predicate<TagGroup> wanted) {
            return catalog.tags().bySlug().entrySet().stream()
                    .map(entry -> sorted(entry.getKey(), entry.getValue()))
                    .filter(sorted -> wanted.test(sorted.group()))
                    .sorted(Comparator.comparing(SortedGroup::name)
                            .thenComparing(sorted -> sorted.group().slug()))
                    .toList();
        }

        /** Sorted by the key of the tag whose name the group has */
        private SortedGroup sorted(String slug, List<SortedTag> members) {
            SortedTag first = Collections.min(
                    members, Comparator.comparing(member -> member.tag().vendor()));
            return new SortedGroup(
                    first.name(),
                    group(slug, members.stream().map(SortedTag::tag).toList()));
        }

        Lookup<TagGroup> lookup(String slug) {
            String normalized = catalog.tags().bySlug(slug).isEmpty() ? Slug.of(slug) : slug;
            List<Tag> found = catalog.tags().bySlug(normalized);
            if (!found.isEmpty()) {
                return Lookup.of(group(normalized, found));
            }
            return failures.isEmpty() ? new Lookup.Absent<>() : new Lookup.Failed<>(failures.getFirst());
        }

        @Nullable
        TagGroup planned(String slug, List<Tag> changed) {
            Map<String, Tag> members = new LinkedHashMap<>();
            String after = changed.isEmpty() ? slug : changed.getFirst().slug();
            Stream.of(after, slug)
                    .flatMap(group -> catalog.tags().bySlug(group).stream())
                    .forEach(tag -> members.put(tag.id(), tag));
            changed.forEach(tag -> members.put(tag.id(), tag));
            List<Tag> group = members.values().stream()
                    .filter(tag -> tag.slug().equals(after))
                    .sorted(Comparator.comparing(Tag::vendor))
                    .toList();
            return group.isEmpty() ? null : group(after, group);
        }

        /** A tag that is in no list forms a group of its own: it was part of a call, or its vendor has failed since. */
        TagGroup groupOf(Tag tag) {
            List<Tag> found = catalog.tags().bySlug(tag.slug());
            boolean known = found.stream().anyMatch(other -> other.id().equals(tag.id()));
            List<Tag> all = known
                    ? found
                    : Stream.concat(found.stream(), Stream.of(tag)).toList();
            return group(tag.slug(), all);
        }

        private TagGroup group(String slug, List<Tag> members) {
            Set<Vendor> having = members.stream().map(Tag::vendor).collect(Collectors.toSet());
            return new TagGroup(
                    slug,
                    Collections.min(members, Comparator.comparing(Tag::vendor)).name(),
                    members,
                    readVendors.stream()
                            .filter(vendor -> !having.contains(vendor))
                            .toList(),
                    failures.stream()
                            .map(SourceException::vendor)
                            .filter(vendor -> !having.contains(vendor))
                            .toList(),
                    drift.drift(members));
        }
    }

    /** A group with the sort key of its name. */
    private record SortedGroup(CollationKey name, TagGroup group) {

        static ToIntFunction<SortedGroup> position(CollationKey name, String slug) {
            return sorted -> {
                int byName = sorted.name.compareTo(name);
                return byName == 0 ? TagName.compared(sorted.group.slug()).compareTo(slug) : byName;
            };
        }
    }
}
