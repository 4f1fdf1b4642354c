package io.taggateway.tagging.call;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.paging.UseCount;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.tag.TagRef;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many calls carry tags. */
@Service
public class CallCountService {

    /** As many ids as fit into the first line of any server's requests. */
    private static final int TOGETHER = 200;

    private final CallService calls;

    CallCountService(CallService calls) {
        this.calls = calls;
    }

    /**
     * For each of some sets of tags the number of calls that carry any tag of the set. The calls of all tags are one
     * list, of which the newest are counted: one vendor request for 200 tags, and for each 1,000 calls.
     *
     * @param since calls that began at or after this instant; null for the last 30 days
     * @param upTo how many calls with any of all the tags are counted, 1 to 1000
     */
    public Mono<Map<List<Tag>, UseCount>> counts(
            VendorDirectory directory, Collection<List<Tag>> sets, @Nullable Instant since, int upTo) {
        Map<Vendor, Set<String>> ids = new EnumMap<>(Vendor.class);
        sets.stream()
                .flatMap(List::stream)
                .forEach(tag -> ids.computeIfAbsent(tag.vendor(), vendor -> new HashSet<>())
                        .add(tag.id()));
        return Flux.fromIterable(ids.entrySet())
                .flatMap(entry -> read(directory, entry, since, PageArguments.forward(upTo, null)))
                .collectMap(Reading::vendor)
                .map(readings ->
                        sets.stream().distinct().collect(Collectors.toMap(set -> set, set -> count(set, readings))));
    }

    private Mono<Reading> read(
            VendorDirectory directory,
            Map.Entry<Vendor, Set<String>> tags,
            @Nullable Instant since,
            PageArguments page) {
        Vendor vendor = tags.getKey();
        return Mono.defer(() -> Mono.justOrEmpty(directory.findCalls(vendor)))
                .flatMapMany(source -> Flux.fromStream(
                                tags.getValue().stream().sorted().gather(Gatherers.windowFixed(TOGETHER)))
                        .concatMap(some -> calls.listOf(directory, source, filter(some, since), page)))
                .map(connection -> Reading.of(vendor, connection))
                .onErrorResume(
                        SourceException.class,
                        failure -> Mono.just(new Reading(vendor, Set.of(), false, SourceOutcome.failed(failure))))
                .reduce(Reading::and);
    }

    private static CallFilter filter(List<String> tagIds, @Nullable Instant since) {
        List<TagRef> refs =
                tagIds.stream().map(id -> new TagRef(id, null, null)).toList();
        return new CallFilter(since, null, refs, null, null, null, null, null, null, null);
    }

    private static UseCount count(List<Tag> tags, Map<Vendor, Reading> readings) {
        Set<String> ids = tags.stream().map(Tag::id).collect(Collectors.toSet());
        List<Reading> asked = tags.stream()
                .map(Tag::vendor)
                .distinct()
                .sorted()
                .map(readings::get)
                .filter(Objects::nonNull)
                .toList();
        long count = asked.stream()
                .flatMap(reading -> reading.calls().stream())
                .filter(call -> carriesAny(call, ids))
                .count();
        return new UseCount(
                Math.toIntExact(count),
                asked.stream().allMatch(Reading::whole),
                asked.stream().map(Reading::outcome).toList());
    }

    private static boolean carriesAny(Call call, Set<String> tagIds) {
        List<Tag> tags = call.embeddedTags();
        return tags != null && tags.stream().anyMatch(tag -> tagIds.contains(tag.id()));
    }

    /**
     * The calls that were read of one vendor.
     *
     * @param whole whether there are no more
     */
    private record Reading(Vendor vendor, Set<Call> calls, boolean whole, SourceOutcome outcome) {

        static Reading of(Vendor vendor, Connection<Call> connection) {
            SourceOutcome outcome = connection.sources().getFirst();
            boolean failed = outcome.status() == SourceStatus.FAILED;
            return new Reading(
                    vendor,
                    new HashSet<>(connection.nodes()),
                    !failed && !connection.pageInfo().hasNextPage(),
                    outcome);
        }

        Reading and(Reading other) {
            Set<Call> all = new HashSet<>(calls);
            all.addAll(other.calls);
            boolean failed = other.outcome.status() == SourceStatus.FAILED;
            return new Reading(vendor, all, whole && other.whole, failed ? other.outcome : outcome);
        }
    }
}
