package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Collation;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Slug;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Tags that mean the same across vendors. */
@Service
public class TagGroupService {

    private static final ListPager<TagGroup> PAGER = new ListPager<>(
            "groups",
            2,
            group -> List.of(group.name(), group.slug()),
            Comparator.<List<String>, java.text.CollationKey>comparing(key -> Collation.key(key.get(0)))
                    .thenComparing(key -> key.get(1)));

    private final TagService tags;

    public TagGroupService(TagService tags) {
        this.tags = tags;
    }

    /** The groups that a filter leaves, by name; a vendor that fails costs its tags only. */
    public Mono<Connection<TagGroup>> list(VendorDirectory directory, TagGroupFilter filter, PageArguments arguments) {
        PAGER.check(arguments);
        return tags.catalog(directory, vendor -> true).map(catalog -> {
            List<TagGroup> groups = catalog.bySlug().entrySet().stream()
                    .map(entry -> group(directory, catalog, entry.getKey(), entry.getValue()))
                    .filter(filter.predicate())
                    .sorted(Comparator.comparing((TagGroup group) -> Collation.key(group.name()))
                            .thenComparing(TagGroup::slug))
                    .toList();
            return PAGER.page(groups, arguments, catalog.outcomes());
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
        String normalized = catalog.bySlug(slug).isEmpty() ? Slug.of(slug) : slug;
        List<Tag> found = catalog.bySlug(normalized);
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
        List<Tag> found = catalog.bySlug(tag.slug());
        boolean known = found.stream().anyMatch(other -> other.id().equals(tag.id()));
        List<Tag> all =
                known ? found : Stream.concat(found.stream(), Stream.of(tag)).toList();
        return group(directory, catalog, tag.slug(), all);
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
}
