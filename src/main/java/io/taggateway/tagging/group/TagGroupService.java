package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Collation;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SortedTag;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.ListPager;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceStatus;
import io.taggateway.tagging.tag.TagCatalog;
import io.taggateway.tagging.tag.TagService;
import java.text.CollationKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Tags that mean the same across vendors. */
@Service
public class TagGroupService {

    private static final ListPager<SortedGroup> PAGER = new ListPager<>(
            "groups",
            2,
            sorted -> List.of(sorted.group().name(), sorted.group().slug()),
            key -> SortedGroup.position(Collation.key(key.get(0)), key.get(1)));

    private final TagService tags;

    public TagGroupService(TagService tags) {
        this.tags = tags;
    }

    /** The groups that a filter leaves, by name; a vendor that fails costs its tags only. */
    public Mono<Connection<TagGroup>> list(VendorDirectory directory, TagGroupFilter filter, PageArguments arguments) {
        PAGER.check(arguments);
        return tags.catalog(directory, vendor -> true).map(catalog -> {
            Predicate<TagGroup> wanted = filter.predicate();
            List<SortedGroup> groups = catalog.tags().bySlug().entrySet().stream()
                    .map(entry -> sortedGroup(directory, catalog, entry.getKey(), entry.getValue()))
                    .filter(sorted -> wanted.test(sorted.group()))
                    .sorted(Comparator.comparing(SortedGroup::name)
                            .thenComparing(sorted -> sorted.group().slug()))
                    .toList();
            return PAGER.page(groups, arguments, catalog.outcomes()).map(SortedGroup::group);
        });
    }

    /**
     * One group; empty where there is none.
     *
     * @throws GatewayException if it was not found and a vendor could not be asked
     */
    public Mono<TagGroup> find(VendorDirectory directory, String slug) {
        return tags.catalog(directory, vendor -> true)
                .map(catalog -> lookup(directory, catalog, slug))
                .flatMap(Lookup::toMono);
    }

    /** What became of each of some slugs, by one reading of the vendors' lists; none is read for no slug. */
    public Mono<Map<String, Lookup<TagGroup>>> findAll(VendorDirectory directory, Collection<String> slugs) {
        return slugs.isEmpty()
                ? Mono.just(Map.of())
                : tags.catalog(directory, vendor -> true)
                        .map(catalog -> slugs.stream()
                                .distinct()
                                .collect(Collectors.toMap(slug -> slug, slug -> lookup(directory, catalog, slug))));
    }

    private Lookup<TagGroup> lookup(VendorDirectory directory, TagCatalog catalog, String slug) {
        String normalized = catalog.tags().bySlug(slug).isEmpty() ? Slug.of(slug) : slug;
        List<Tag> found = catalog.tags().bySlug(normalized);
        if (!found.isEmpty()) {
            return Lookup.of(group(directory, catalog, normalized, found));
        }
        SourceException failure = failure(catalog);
        return failure == null ? new Lookup.Absent<>() : new Lookup.Failed<>(failure);
    }

    /** The group of each of some tags. */
    public Mono<Map<Tag, TagGroup>> groups(VendorDirectory directory, Collection<Tag> members) {
        return tags.catalog(directory, vendor -> true).map(catalog -> {
            Map<Tag, TagGroup> groups = new LinkedHashMap<>();
            members.forEach(tag -> groups.put(tag, groupOf(directory, catalog, tag)));
            return groups;
        });
    }

    /** A tag that no list has, as it came inside a call or its vendor failed since, is a group all the same. */
    private TagGroup groupOf(VendorDirectory directory, TagCatalog catalog, Tag tag) {
        List<Tag> found = catalog.tags().bySlug(tag.slug());
        boolean known = found.stream().anyMatch(other -> other.id().equals(tag.id()));
        List<Tag> all =
                known ? found : Stream.concat(found.stream(), Stream.of(tag)).toList();
        return group(directory, catalog, tag.slug(), all);
    }

    /** Sorted by the key of the tag that the group has its name from. */
    private SortedGroup sortedGroup(
            VendorDirectory directory, TagCatalog catalog, String slug, List<SortedTag> members) {
        SortedTag first = members.stream()
                .min(Comparator.comparing(member -> member.tag().vendor()))
                .orElseThrow();
        List<Tag> tags = members.stream().map(SortedTag::tag).toList();
        return new SortedGroup(first.name(), group(directory, catalog, slug, tags));
    }

    private TagGroup group(VendorDirectory directory, TagCatalog catalog, String slug, List<Tag> members) {
        Set<Vendor> having = members.stream().map(Tag::vendor).collect(Collectors.toSet());
        Tag first = members.stream().min(Comparator.comparing(Tag::vendor)).orElseThrow();
        List<Vendor> missing = Stream.of(SourceStatus.OK, SourceStatus.STALE)
                .flatMap(status -> catalog.vendors(status).stream())
                .filter(vendor -> !having.contains(vendor))
                .sorted()
                .toList();
        return new TagGroup(
                slug,
                first.name(),
                members,
                missing,
                catalog.vendors(SourceStatus.FAILED),
                new DriftDetector(directory).drift(members));
    }

    private static @Nullable SourceException failure(TagCatalog catalog) {
        return catalog.outcomes().stream()
                .filter(outcome -> outcome.status() == SourceStatus.FAILED)
                .map(SourceOutcome::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private record SortedGroup(CollationKey name, TagGroup group) {

        static ToIntFunction<SortedGroup> position(CollationKey name, String slug) {
            return sorted -> {
                int byName = sorted.name.compareTo(name);
                return byName == 0 ? sorted.group.slug().compareTo(slug) : byName;
            };
        }
    }
}
