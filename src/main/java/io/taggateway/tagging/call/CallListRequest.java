package io.taggateway.tagging.call;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.PhoneDigitSearch;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.paging.ListScope;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.CallSource.CallQuery.Member;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for a list of calls.
 *
 * @param startedAfter the beginning of the period, which stays the same for all pages
 * @param scope the tag or contact whose calls are listed
 */
record CallListRequest(CallFilter filter, Instant startedAfter, Scope scope) {

    /** The default period. Vendors require a start time. */
    private static final Duration DEFAULT_PERIOD = Duration.ofDays(30);

    /**
     * The tag or contact whose calls are listed.
     *
     * @param cursors writes and reads the cursors of the list
     * @param tagId the vendor's id of a tag that all calls have; null for all calls
     * @param number the number of a party of all calls; null for all calls
     */
    record Scope(
            CursorCodec cursors,
            @Nullable String tagId,
            @Nullable String number) {}

    /**
     * The request for one vendor.
     *
     * @param filter the part of the filter that the gateway applies; null if the vendor applies all of it
     * @param check the part that the vendor applies, which is checked again as far as calls show it, as vendors ignore
     *     unknown parameters
     * @param needsTags whether these conditions need the calls' tags
     */
    record Selection(CallQuery query, @Nullable Predicate<Call> filter, Predicate<Call> check, boolean needsTags) {}

    /**
     * The request for the page after a cursor, with the period of the first page; the cursor is null for the first
     * page.
     */
    static CallListRequest of(CallFilter filter, Scope scope, @Nullable String after, Clock clock) {
        Instant begun = after == null ? null : named(filter, scope).sinceOf(after);
        if (filter.startedAfter() != null || begun != null) {
            Instant start = filter.startedAfter() != null ? filter.startedAfter() : begun;
            return new CallListRequest(filter, Objects.requireNonNull(start), scope);
        }
        Instant now = MonotonicClock.wall(clock).instant();
        Instant end = Objects.requireNonNullElse(filter.startedBefore(), now);
        return new CallListRequest(filter, (end.isBefore(now) ? end : now).minus(DEFAULT_PERIOD), scope);
    }

    /** Identifies the cursors of this list. */
    ListScope cursors() {
        return named(filter, scope).since(startedAfter);
    }

    private static ListScope named(CallFilter filter, Scope scope) {
        return ListScope.of(scope.cursors(), "calls", filter + " " + scope.tagId() + " " + scope.number());
    }

    /**
     * The query for a vendor's list, and the part of the filter that the gateway applies.
     *
     * @param applied the part of the filter that the vendor applies
     * @param anyTag the vendor's ids of each of {@link CallFilter#anyTag}
     * @param allTags the vendor's ids of each of {@link CallFilter#allTags}
     * @return null if no call can match
     */
    @Nullable
    Selection select(Set<Member> applied, List<Set<String>> anyTag, List<Set<String>> allTags) {
        List<Set<String>> tags = tagSets(anyTag, allTags);
        boolean impossible = !filter.employeeIds().isEmpty() && !applied.contains(Member.EMPLOYEE_IDS);
        if (impossible || (!tags.isEmpty() && tags.getFirst().isEmpty())) {
            return null;
        }
        boolean typed = applied.contains(Member.TYPES) && !filter.types().contains(CallType.UNKNOWN);
        List<Set<String>> sent =
                applied.contains(Member.TAG_IDS) ? tags.subList(0, Math.min(1, tags.size())) : List.of();
        CallQuery query = new CallQuery(
                startedAfter,
                filter.startedBefore(),
                sent.stream().flatMap(Set::stream).sorted().toList(),
                typed ? filter.types() : List.of(),
                filter.employeeIds(),
                applied.contains(Member.SEARCH) ? search() : null);
        List<Predicate<Call>> own = own(applied, typed);
        tags.subList(sent.size(), tags.size()).forEach(ids -> own.add(call -> hasAny(call, ids)));
        Predicate<Call> check = check(applied, typed);
        for (Set<String> ids : sent) {
            check = check.and(call -> hasAny(call, ids));
        }
        return new Selection(query, own.stream().reduce(Predicate::and).orElse(null), check, !tags.isEmpty());
    }

    private @Nullable String search() {
        String number = scope.number() == null ? filter.phone() : scope.number();
        return number == null ? filter.search() : number;
    }

    /**
     * The sets of tags of which each call must have at least one. The smallest set is the first, as a vendor filters by
     * one set only.
     */
    private List<Set<String>> tagSets(List<Set<String>> anyTag, List<Set<String>> allTags) {
        List<Set<String>> sets = new ArrayList<>();
        if (scope.tagId() != null) {
            sets.add(Set.of(scope.tagId()));
        }
        sets.addAll(allTags);
        if (!filter.anyTag().isEmpty()) {
            sets.add(anyTag.stream().flatMap(Set::stream).collect(Collectors.toSet()));
        }
        sets.sort(Comparator.comparingInt(Set::size));
        return sets;
    }

    private List<Predicate<Call>> own(Set<Member> applied, boolean typed) {
        List<Predicate<Call>> own = new ArrayList<>();
        if (!applied.contains(Member.PERIOD)) {
            own.add(call -> call.startedAt() != null && isTimely(call));
        }
        if (!typed && !filter.types().isEmpty()) {
            own.add(call -> filter.types().contains(call.type()));
        }
        if (filter.minDurationSeconds() != null || filter.maxDurationSeconds() != null) {
            own.add(call -> filter.matchesDuration(call.durationSeconds()));
        }
        String search = filter.search();
        if (search != null && !applied.contains(Member.SEARCH)) {
            own.add(call -> call.numbers().anyMatch(number -> number.contains(search)));
        }
        Stream.of(scope.number(), filter.phone())
                .filter(Objects::nonNull)
                .forEach(number -> own.add(call -> call.involves(number)));
        return own;
    }

    private Predicate<Call> check(Set<Member> applied, boolean typed) {
        String digits = filter.search() == null ? "" : PhoneDigitSearch.ofSearch(filter.search());
        return call -> (!applied.contains(Member.PERIOD) || isTimely(call))
                && (!typed || filter.types().isEmpty() || filter.types().contains(call.type()))
                && (digits.isEmpty()
                        || !applied.contains(Member.SEARCH)
                        || call.numbers().anyMatch(number -> PhoneDigitSearch.isIn(number, digits)));
    }

    /** Whether a call began within the period, or its start is unknown. */
    private boolean isTimely(Call call) {
        Instant start = call.startedAt();
        Instant before = filter.startedBefore();
        return start == null || (!start.isBefore(startedAfter) && (before == null || start.isBefore(before)));
    }

    private static boolean hasAny(Call call, Set<String> tagIds) {
        List<Tag> tags = call.embeddedTags();
        return tags != null && tags.stream().anyMatch(tag -> tagIds.contains(tag.remoteId()));
    }
}
