package io.taggateway.tagging.call;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.CallQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter split into what a vendor filters and what the gateway has to filter itself.
 *
 * @param query for the vendor
 * @param filter for the gateway; null where the vendor does it all
 * @param needsTags whether the filter looks at the calls' tags
 */
record CallSelection(CallQuery query, @Nullable Predicate<Call> filter, boolean needsTags) {

    /**
     * Splits a filter, its tags resolved to a vendor's own ids.
     *
     * @param anyTag the ids that each of {@link CallFilter#anyTag} stands for
     * @param allTags the ids that each of {@link CallFilter#allTags} stands for
     * @param scope what the calls are calls of
     * @return null where no call can match
     */
    static @Nullable CallSelection of(
            CallFilter filter, Instant startedAfter, List<Set<String>> anyTag, List<Set<String>> allTags, Scope scope) {
        List<Predicate<Call>> own = new ArrayList<>();
        List<Set<String>> tagSets = new ArrayList<>(allTags);
        if (!filter.anyTag().isEmpty()) {
            tagSets.add(anyTag.stream().flatMap(Set::stream).collect(Collectors.toSet()));
        }
        if (scope.tagId() != null) {
            tagSets.addFirst(Set.of(scope.tagId()));
        }
        if (tagSets.stream().anyMatch(Set::isEmpty)) {
            return null;
        }
        // The vendor filters one set with OR, so the smallest goes to it and the others stay here.
        List<Set<String>> sorted = tagSets.stream()
                .sorted((one, other) -> Integer.compare(one.size(), other.size()))
                .toList();
        List<String> sent = sorted.isEmpty()
                ? List.of()
                : sorted.getFirst().stream().sorted().toList();
        sorted.stream().skip(1).forEach(ids -> own.add(call -> hasAny(call, ids)));
        boolean unknownType = filter.types().contains(CallType.UNKNOWN);
        if (unknownType) {
            own.add(call -> filter.types().contains(call.type()));
        }
        if (filter.minDurationSeconds() != null || filter.maxDurationSeconds() != null) {
            own.add(call -> filter.keepsDuration(call.durationSeconds()));
        }
        String number = scope.number();
        if (number != null) {
            own.add(call -> call.involves(number));
        }
        CallQuery query = new CallQuery(
                startedAfter,
                filter.startedBefore(),
                sent,
                unknownType ? List.of() : filter.types(),
                filter.employeeIds(),
                number == null ? filter.search() : number);
        return new CallSelection(query, own.stream().reduce(Predicate::and).orElse(null), sorted.size() > 1);
    }

    private static boolean hasAny(Call call, Set<String> tagIds) {
        List<Tag> tags = call.embeddedTags();
        return tags != null && tags.stream().anyMatch(tag -> tagIds.contains(tag.remoteId()));
    }

    /**
     * What calls are calls of.
     *
     * @param tagId a tag that all calls carry, by the vendor's id; null for any
     * @param number a number that took part in all calls; null for any
     */
    record Scope(@Nullable String tagId, @Nullable String number) {

        static final Scope ALL = new Scope(null, null);
    }
}
