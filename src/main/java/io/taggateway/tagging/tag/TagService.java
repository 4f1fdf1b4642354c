package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.SortedTag;
import io.taggateway.tagging.model.SortedTagList;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.ListPager;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagListResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tags of all vendors as one list. */
@Service
public class TagService {

    /** The tags that match a filter. If a vendor fails, only its tags are missing. */
    public Mono<Connection<Tag>> list(
            VendorDirectory directory, TagFilter filter, TagOrder order, PageArguments arguments) {
        ListPager<SortedTag> pager = order.pager(directory.cursors());
        pager.check(arguments);
        return catalog(directory, filter::includes).map(catalog -> {
            List<SortedTag> tags = catalog.tags().byName();
            if (!filter.equals(TagFilter.ALL)) {
                Predicate<Tag> wanted = filter.predicate();
                tags = tags.stream().filter(tag -> wanted.test(tag.tag())).toList();
            }
            return pager.page(order.of(tags), arguments, catalog.outcomes()).map(SortedTag::tag);
        });
    }

    /** One tag; empty if there is none. */
    public Mono<Tag> find(VendorDirectory directory, GlobalId id) {
        return Mono.defer(() -> directory.tags(id.vendor()).find(id.remoteId()));
    }

    /**
     * The outcomes for several ids, with one read of each vendor's list. If a vendor fails, only its tags are missing.
     */
    public Mono<Map<GlobalId, Lookup<Tag>>> findAll(VendorDirectory directory, Collection<GlobalId> ids) {
        Map<Vendor, List<GlobalId>> byVendor = ids.stream().collect(Collectors.groupingBy(GlobalId::vendor));
        return Flux.fromIterable(byVendor.entrySet())
                .flatMap(entry -> findAll(directory, entry.getKey(), entry.getValue()))
                .reduce(new HashMap<GlobalId, Lookup<Tag>>(), (all, some) -> {
                    all.putAll(some);
                    return all;
                })
                .map(all -> (Map<GlobalId, Lookup<Tag>>) all);
    }

    private Mono<Map<GlobalId, Lookup<Tag>>> findAll(VendorDirectory directory, Vendor vendor, List<GlobalId> ids) {
        List<String> remoteIds = ids.stream().map(GlobalId::remoteId).toList();
        return Mono.defer(() -> directory.tags(vendor).listFor(remoteIds))
                .map(result -> lookups(ids, id -> lookup(result, id)))
                .onErrorResume(
                        SourceException.class, failure -> Mono.just(lookups(ids, id -> new Lookup.Failed<>(failure))));
    }

    /** A tag that is missing in an old or incomplete list may exist */
    private static Lookup<Tag> lookup(TagListResult result, GlobalId id) {
        Tag tag = result.list().find(id.remoteId());
        SourceException failure = SourceOutcome.of(id.vendor(), result).failure();
        return tag == null && failure != null ? new Lookup.Failed<>(failure) : Lookup.of(tag);
    }

    private static Map<GlobalId, Lookup<Tag>> lookups(List<GlobalId> ids, Function<GlobalId, Lookup<Tag>> lookup) {
        Map<GlobalId, Lookup<Tag>> lookups = new HashMap<>();
        ids.forEach(id -> lookups.put(id, lookup.apply(id)));
        return lookups;
    }

    /** A tag with all details of its vendor's list; unchanged if the list lacks it. */
    public Mono<Tag> complete(VendorDirectory directory, Tag tag) {
        if (tag.complete()) {
            return Mono.just(tag);
        }
        return Mono.defer(() -> directory.tags(tag.vendor()).list()).map(list -> {
            Tag whole = list.find(tag.remoteId());
            return whole == null ? tag : whole;
        });
    }

    /** The tags of those of some vendors that are configured. */
    public Mono<TagCatalog> catalog(VendorDirectory directory, Predicate<Vendor> asked) {
        return Flux.fromIterable(directory.vendors())
                .flatMapSequential(vendor -> catalog(directory, vendor, asked))
                .reduce(TagCatalog.EMPTY, TagCatalog::and);
    }

    private static Mono<TagCatalog> catalog(VendorDirectory directory, Vendor vendor, Predicate<Vendor> asked) {
        TagSource source = asked.test(vendor) ? directory.findTags(vendor) : null;
        if (source == null) {
            return Mono.just(TagCatalog.without(SourceOutcome.skipped(vendor)));
        }
        return source.result()
                .map(result -> TagCatalog.of(vendor, result))
                .onErrorResume(
                        SourceException.class, failure -> Mono.just(TagCatalog.without(SourceOutcome.failed(failure))));
    }

    /** The tags of some vendors, in order and by slug, with the outcome of each vendor. */
    public record TagCatalog(SortedTagList tags, List<SourceOutcome> outcomes) {

        static final TagCatalog EMPTY = new TagCatalog(SortedTagList.NONE, List.of());

        static TagCatalog of(Vendor vendor, TagListResult result) {
            return new TagCatalog(result.list().sorted(), List.of(SourceOutcome.of(vendor, result)));
        }

        /** The catalog of a vendor that returned no tags. */
        static TagCatalog without(SourceOutcome outcome) {
            return new TagCatalog(SortedTagList.NONE, List.of(outcome));
        }

        /** This catalog with that of another vendor. */
        TagCatalog and(TagCatalog other) {
            return new TagCatalog(
                    tags.and(other.tags),
                    Stream.concat(outcomes.stream(), other.outcomes.stream()).toList());
        }

        /** The vendors that returned all of their tags, in their order. */
        public List<Vendor> readVendors() {
            return outcomes.stream()
                    .filter(outcome -> outcome.status() == SourceStatus.OK || outcome.status() == SourceStatus.STALE)
                    .map(SourceOutcome::vendor)
                    .toList();
        }

        /** The reasons why the other vendors returned no tags or not all, in their order. */
        public List<SourceException> failures() {
            return outcomes.stream()
                    .filter(outcome -> outcome.status() == SourceStatus.FAILED)
                    .map(SourceOutcome::failure)
                    .flatMap(Stream::ofNullable)
                    .toList();
        }
    }
}
