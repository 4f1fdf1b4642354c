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

/** Counts the calls that have certain tags. */
@Service
public class CallCountService {

    /** The maximum number of ids in one request, so that its request line is accepted by any server. */
    private static final int TOGETHER = 200;

    private final CallService calls;

    CallCountService(CallService calls) {
        this.calls = calls;
    }

    /**
     * Returns the number of calls for each of the given sets of tags. A call counts for a set if it has any tag of the
     * set. The calls with any of the tags are read as one list, from the newest one: one vendor request for each 200
     * tags and each 1,000 calls.
     *
     * @param since calls that began at or after this instant; null for the last 30 days
     * @param upTo the maximum number of calls that are read, 1 to 1000
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
                .filter(call -> hasAny(call, ids))
                .count();
        return new UseCount(
                Math.toIntExact(count),
                asked.stream().allMatch(Reading::whole),
                asked.stream().map(Reading::outcome).toList());
    }

    private static boolean hasAny(Call call, Set<String> tagIds) {
        List<Tag> tags = call.embeddedTags();
        return tags != null && tags.stream().anyMatch(tag -> tagIds.contains(tag.id()));
    }

    /**
     * The calls of one vendor that were read.
     *
     * @param whole whether these are all calls
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
