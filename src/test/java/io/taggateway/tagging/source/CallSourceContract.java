package io.taggateway.tagging.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.CallSource.CallQuery.Member;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link CallSource}. Its calls have several types and tags, and distinct start times. */
public abstract class CallSourceContract {

    /** A source of some calls. */
    protected abstract CallSource source();

    /** Before every call. */
    protected abstract Instant beginning();

    /** How many calls there are. */
    protected abstract int size();

    /** An employee with some of the calls, but not all. */
    protected abstract String employeeId();

    /** Makes every request from now on fail. */
    protected abstract void breakDown(SourceFault breakdown);

    @ParameterizedTest
    @ValueSource(ints = {1, 37, 100_000})
    void everyCallIsOnOnePage(int limit) {
        List<Call> calls = readAll(all(), limit);
        assertThat(calls).hasSize(size()).doesNotHaveDuplicates();
        assertThat(calls).extracting(Call::vendor).containsOnly(source().vendor());
        assertThat(calls).isEqualTo(readAll(all(), source().maxPageSize()));
    }

    @Test
    void callsBeginWithinThePeriodOfTheQuery() {
        assumeTrue(source().filters().contains(Member.PERIOD));
        List<Instant> starts = starts();
        Instant after = starts.get(starts.size() / 4);
        Instant before = starts.get(starts.size() / 2);
        List<Call> calls = readAll(new CallQuery(after, before, List.of(), List.of(), List.of(), null), 1000);
        assertThat(calls)
                .extracting(Call::startedAt)
                .containsExactlyInAnyOrderElementsOf(starts.stream()
                        .filter(start -> !start.isBefore(after) && !start.isAfter(before))
                        .toList());
    }

    @Test
    void callsThatBeganBeforeTheSecondOfThePeriodAreNotListed() {
        assumeTrue(source().filters().contains(Member.PERIOD));
        Instant latest = starts().getLast();
        CallQuery query = new CallQuery(latest.plusMillis(1), null, List.of(), List.of(), List.of(), null);
        assertThat(readAll(query, 1000)).extracting(Call::startedAt).allMatch(latest::equals);
        CallQuery later = new CallQuery(latest.plusSeconds(1), null, List.of(), List.of(), List.of(), null);
        assertThat(readAll(later, 1000)).isEmpty();
    }

    @Test
    void callsHaveAnyTypeOfTheQuery() {
        assumeTrue(source().filters().contains(Member.TYPES));
        List<CallType> types = List.of(CallType.OUTGOING, CallType.MISSED);
        CallQuery query = new CallQuery(beginning(), null, List.of(), types, List.of(), null);
        verifyNarrows(query, call -> types.contains(call.type()));
    }

    @Test
    void callsHaveAnyTagOfTheQuery() {
        assumeTrue(source().filters().contains(Member.TAG_IDS));
        List<String> tagIds = readAll(all(), 1000).stream()
                .flatMap(call -> tags(call).stream())
                .map(Tag::remoteId)
                .distinct()
                .limit(2)
                .toList();
        assertThat(tagIds).hasSize(2);
        CallQuery query = new CallQuery(beginning(), null, tagIds, List.of(), List.of(), null);
        verifyNarrows(query, call -> tags(call).stream().anyMatch(tag -> tagIds.contains(tag.remoteId())));
    }

    @Test
    void callsHaveTheSearchedNumber() {
        assumeTrue(source().filters().contains(Member.SEARCH));
        String number = Objects.requireNonNull(readAll(all(), 1).getFirst().callerNumber());
        CallQuery query = new CallQuery(beginning(), null, List.of(), List.of(), List.of(), number);
        verifyNarrows(query, call -> call.involves(number));
    }

    @Test
    void callsHaveAnyEmployeeOfTheQuery() {
        assumeTrue(source().filters().contains(Member.EMPLOYEE_IDS));
        CallQuery query = new CallQuery(beginning(), null, List.of(), List.of(), List.of(employeeId()), null);
        List<Call> calls = readAll(query, 1000);
        assertThat(calls).isNotEmpty().hasSizeLessThan(size());
        CallQuery nobodys = new CallQuery(beginning(), null, List.of(), List.of(), List.of("4711"), null);
        assertThat(readAll(nobodys, 1000)).isEmpty();
    }

    @Test
    void eachListedCallIsFoundByItsIdWithItsTags() {
        List<Call> calls = readAll(all(), 1000);
        for (Call call : calls.subList(0, Math.min(12, calls.size()))) {
            TestOperation.verify(source().find(call.remoteId()))
                    .expectNext(call)
                    .verifyComplete();
            List<Tag> tags = SourceAssertions.require(source().listTags(call.remoteId()));
            assertThat(tags).extracting(Tag::remoteId).isEqualTo(ids(tags(call)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "no-such-call", "a/b?c=d#e", "../calls", "+ %2F é 🔥"})
    void nothingIsFoundByAnUnknownId(String remoteId) {
        TestOperation.verify(source().find(remoteId)).verifyComplete();
        TestOperation.verify(source().listTags(remoteId)).verifyComplete();
    }

    @ParameterizedTest
    @EnumSource
    void listFailsForTheReasonThatTheVendorGives(SourceFault breakdown) {
        breakDown(breakdown);
        SourceAssertions.verify(source().list(all(), PageToken.FIRST, 20), source().vendor(), breakdown);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_THERE")
    void findFailsForTheReasonThatTheVendorGives(SourceFault breakdown) {
        String id = readAll(all(), 1000).getFirst().remoteId();
        breakDown(breakdown);
        SourceAssertions.verify(source().find(id), source().vendor(), breakdown);
        SourceAssertions.verify(source().listTags(id), source().vendor(), breakdown);
    }

    private CallQuery all() {
        return new CallQuery(beginning(), null, List.of(), List.of(), List.of(), null);
    }

    private List<Instant> starts() {
        return readAll(all(), 1000).stream()
                .flatMap(call -> Stream.ofNullable(call.startedAt()))
                .sorted()
                .toList();
    }

    private void verifyNarrows(CallQuery query, Predicate<Call> filter) {
        List<Call> expected = readAll(all(), 1000).stream().filter(filter).toList();
        assertThat(expected).isNotEmpty().hasSizeLessThan(size());
        assertThat(readAll(query, 1000)).isEqualTo(expected);
        assertThat(readAll(query, 1)).isEqualTo(expected);
    }

    private List<Call> readAll(CallQuery query, int limit) {
        List<Call> calls = new ArrayList<>();
        PageToken page = PageToken.FIRST;
        while (page != null) {
            SourcePage<Call> read = SourceAssertions.require(source().list(query, page, limit));
            calls.addAll(read.items());
            page = read.next();
        }
        return calls;
    }

    private static List<Tag> tags(Call call) {
        return Objects.requireNonNullElse(call.embeddedTags(), List.of());
    }

    private static List<String> ids(List<Tag> tags) {
        return tags.stream().map(Tag::remoteId).toList();
    }
}
