package io.taggateway.tagging.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.tag.TagRef;
import io.taggateway.tagging.tag.TagReferenceResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Tests of calls with filters, which the vendor applies as far as it can, and otherwise the gateway. */
class CallServiceTests {

    private static final PageArguments ALL = PageArguments.forward(100, null);
    private static final Tag VIP = SampleFactory.embedded(Vendor.SIPSIM, "1", "VIP");
    private static final Tag SPAM = SampleFactory.embedded(Vendor.SIPSIM, "2", "Spam");
    private static final Tag LEAD = SampleFactory.embedded(Vendor.SIPSIM, "3", "Hot Lead");

    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final CallService service = fixture.callService();

    @BeforeEach
    void store() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"),
                SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"),
                SampleFactory.tag(Vendor.SIPSIM, "3", "Hot Lead"),
                SampleFactory.tag(Vendor.SIPSIM, "4", "hot lead"));
        fixture.contactTags.with(
                SampleFactory.tag(Vendor.SWIPEONE, "a", "vip"), SampleFactory.tag(Vendor.SWIPEONE, "b", "Elsewhere"));
        fixture.calls.with(
                SampleFactory.lasting(SampleFactory.call(Vendor.SIPSIM, "c1", VIP, SPAM), 10),
                SampleFactory.lasting(SampleFactory.call(Vendor.SIPSIM, "c2", VIP), 20),
                SampleFactory.lasting(SampleFactory.call(Vendor.SIPSIM, "c3", LEAD), 30),
                SampleFactory.lasting(SampleFactory.call(Vendor.SIPSIM, "c4"), null),
                SampleFactory.call(Vendor.SIPSIM, "c5", CallType.UNKNOWN, "+331990031", "+331990032"));
    }

    @Test
    void callsOfTheLastThirtyDaysAreListedWithoutAFilter() {
        assertThat(ids(CallFilter.ALL)).containsExactly("c1", "c2", "c3", "c4", "c5");
        CallQuery query = query();
        assertThat(query.startedAfter()).isEqualTo(SampleFactory.NOON.minus(Duration.ofDays(30)));
        assertThat(query.startedBefore()).isNull();
        assertThat(fixture.callTags.requests()).isZero();
    }

    @Test
    void periodBeginsAtTheSameInstantOnEachPage() {
        fixture.calls.with(
                SampleFactory.startedAt(SampleFactory.call(Vendor.SIPSIM, "new"), SampleFactory.NOON),
                SampleFactory.startedAt(
                        SampleFactory.call(Vendor.SIPSIM, "old"),
                        SampleFactory.NOON.minus(Duration.ofDays(30)).plusSeconds(5)));
        Connection<Call> page = list(CallFilter.ALL, PageArguments.forward(1, null));
        fixture.clock.advance(Duration.ofMinutes(1));
        Connection<Call> next =
                list(CallFilter.ALL, PageArguments.forward(1, page.pageInfo().endCursor()));
        assertThat(next.nodes()).extracting(Call::remoteId).containsExactly("old");
    }

    @Test
    void filterByAnyTagIsSentWithTheIdsOfTheVendor() {
        assertThat(ids(SampleFilter.any(new TagRef("sipsim:tag:1", null, null))))
                .containsExactly("c1", "c2");
        assertThat(fixture.callTags.requests()).isZero();
        assertThat(query().tagIds()).containsExactly("1");
        assertThat(ids(SampleFilter.any(SampleFilter.ref("Spam"), SampleFilter.ref("Hot Lead"))))
                .containsExactly("c1", "c3");
        assertThat(query().tagIds()).containsExactly("2", "3");
    }

    @Test
    void filterByAllTagsIsAppliedByVendorAndGateway() {
        assertThat(ids(SampleFilter.all(SampleFilter.ref("VIP"), SampleFilter.ref("Spam"))))
                .containsExactly("c1");
        assertThat(query().tagIds()).hasSize(1);
        assertThat(ids(SampleFilter.all(SampleFilter.ref("VIP"), SampleFilter.ref("Hot Lead"))))
                .isEmpty();
        CallFilter both = new CallFilter(
                null,
                null,
                List.of(SampleFilter.ref("Spam"), SampleFilter.ref("Hot Lead")),
                List.of(SampleFilter.ref("VIP")),
                null,
                null,
                null,
                null,
                null,
                null);
        assertThat(ids(both)).containsExactly("c1");
    }

    @Test
    void tagOfAnotherVendorSelectsTheTagsOfItsSlug() {
        assertThat(ids(SampleFilter.any(new TagRef("swipeone:tag:a", null, null))))
                .containsExactly("c1", "c2");
        assertThat(ids(SampleFilter.any(new TagRef("swipeone:tag:b", null, null))))
                .isEmpty();
        assertThat(ids(SampleFilter.any(new TagRef("swipeone:tag:zzz", null, null))))
                .isEmpty();
    }

    @Test
    void nameSelectsTheTagOfExactlyThatNameOrElseThoseOfItsSlug() {
        assertThat(remoteIds(SampleFilter.ref("Hot Lead"))).containsExactly("3");
        assertThat(remoteIds(SampleFilter.ref("hot lead"))).containsExactly("4");
        assertThat(remoteIds(SampleFilter.ref("HOT LEAD"))).containsExactlyInAnyOrder("3", "4");
        assertThat(remoteIds(new TagRef(null, null, "Hot_Lead"))).containsExactlyInAnyOrder("3", "4");
        assertThat(remoteIds(SampleFilter.ref("none"))).isEmpty();
        assertThat(remoteIds(SampleFilter.ref("🔥"))).isEmpty();
        assertThat(remoteIds(new TagRef(null, null, null))).isEmpty();
    }

    @Test
    void noRequestIsSentForCallsOfUnknownTag() {
        assertThat(list(SampleFilter.any(SampleFilter.ref("none")), ALL).totalCount())
                .isZero();
        assertThat(ids(SampleFilter.all(SampleFilter.ref("VIP"), SampleFilter.ref("none"))))
                .isEmpty();
        assertThat(fixture.calls.requests()).isZero();
    }

    @Test
    void callsAreMissingWhenTheTagsOfTheirVendorCannotBeRead() {
        fixture.callTags.fail(FailureReason.TIMEOUT);
        Connection<Call> page = list(SampleFilter.any(SampleFilter.ref("VIP")), ALL);
        assertThat(page.edges()).isEmpty();
        assertThat(Objects.requireNonNull(page.sources().getFirst().failure()).reason())
                .isEqualTo(FailureReason.TIMEOUT);
    }

    @Test
    void gatewayFiltersByDurationAndExcludesCallsWithoutOne() {
        assertThat(ids(lasting(20, null))).containsExactly("c2", "c3", "c5");
        assertThat(ids(lasting(null, 20))).containsExactly("c1", "c2");
        assertThat(ids(lasting(20, 30))).containsExactly("c2", "c3");
        assertThat(list(lasting(20, null), ALL).totalCount()).isNull();
    }

    @Test
    void typesAreSentToTheVendorUnlessOneIsUnknown() {
        assertThat(ids(SampleFilter.types(CallType.INBOUND))).containsExactly("c1", "c2", "c3", "c4");
        assertThat(query().types()).containsExactly(CallType.INBOUND);
        assertThat(ids(SampleFilter.types(CallType.UNKNOWN))).containsExactly("c5");
        assertThat(query().types()).isEmpty();
        assertThat(ids(SampleFilter.types(CallType.UNKNOWN, CallType.INBOUND))).hasSize(5);
    }

    @Test
    void searchAndEmployeesAreSentToTheVendor() {
        fixture.calls.assign("c2", "101");
        CallFilter filter =
                new CallFilter(null, null, null, null, null, List.of("101"), " +331990010 ", null, null, null);
        assertThat(ids(filter)).containsExactly("c2");
        assertThat(query().search()).isEqualTo("+331990010");
        assertThat(new CallFilter(null, null, null, null, null, null, "  ", null, null, null))
                .isEqualTo(CallFilter.ALL);
    }

    @Test
    void callsOfATagHaveTheTagWhateverTheFilterIs() {
        Tag vip = SampleFactory.tag(Vendor.SIPSIM, "1", "VIP");
        assertThat(ids(SourceAssertions.require(service.listOf(fixture.directory, vip, CallFilter.ALL, ALL))))
                .containsExactly("c1", "c2");
        assertThat(ids(SourceAssertions.require(service.listOf(
                        fixture.directory,
                        vip,
                        SampleFilter.any(SampleFilter.ref("Spam"), SampleFilter.ref("VIP")),
                        ALL))))
                .containsExactly("c1", "c2");
        Tag foreign = SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP");
        assertThat(SourceAssertions.require(service.listOf(fixture.directory, foreign, CallFilter.ALL, ALL)))
                .isEqualTo(Connection.empty(List.of()));
    }

    @Test
    void callsOfAContactInvolveItsNumber() {
        Contact contact = SampleFactory.contact(Vendor.SWIPEONE, "1", "A B", "+331990032", null);
        assertThat(ids(SourceAssertions.require(service.listOf(fixture.directory, contact, CallFilter.ALL, ALL))))
                .containsExactly("c5");
        assertThat(query().search()).isEqualTo("+331990032");
        Contact without = SampleFactory.contact(Vendor.SWIPEONE, "1", "A B", null, null);
        assertThat(SourceAssertions.require(service.listOf(fixture.directory, without, CallFilter.ALL, ALL)))
                .isEqualTo(Connection.empty(List.of()));
        CallFilter searching = new CallFilter(null, null, null, null, null, null, "x", null, null, null);
        assertThatThrownBy(() -> service.listOf(fixture.directory, contact, searching, ALL))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void cursorOfAnotherTagOrFilterIsRefused() {
        String cursor =
                list(CallFilter.ALL, PageArguments.forward(1, null)).pageInfo().endCursor();
        PageArguments after = PageArguments.forward(1, cursor);
        assertThatThrownBy(() -> service.list(fixture.directory, SampleFilter.types(CallType.INBOUND), after))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> service.listOf(
                        fixture.directory, SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), CallFilter.ALL, after))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void cursorOfAnotherGivenPeriodIsRefused() {
        Instant from = SampleFactory.NOON.minusSeconds(3600);
        Instant to = SampleFactory.NOON.plusSeconds(60);
        String cursor = list(SampleFilter.between(from, to), PageArguments.forward(1, null))
                .pageInfo()
                .endCursor();
        PageArguments after = PageArguments.forward(1, cursor);
        assertThat(ids(list(SampleFilter.between(from, to), after))).hasSize(1);
        for (CallFilter other : List.of(
                SampleFilter.between(from.plusMillis(1), to),
                SampleFilter.between(from, to.minusMillis(1)),
                CallFilter.ALL,
                new CallFilter(from, null, null, null, null, null, null, null, null, null),
                new CallFilter(null, to, null, null, null, null, null, null, null, null))) {
            assertThatThrownBy(() -> service.list(fixture.directory, other, after))
                    .isInstanceOf(BadInputException.class);
        }
    }

    @Test
    void contradictoryFilterIsRefused() {
        assertThatThrownBy(() -> new CallFilter(
                        SampleFactory.NOON,
                        SampleFactory.NOON.minusMillis(1),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .hasMessageContaining("`startedAfter`");
        assertThatThrownBy(() -> lasting(2, 1)).hasMessageContaining("`minDurationSeconds`");
        for (String id : List.of("1", "sipsim:call:1", "sipsim:tag:")) {
            assertThatThrownBy(() -> SampleFilter.any(new TagRef(id, null, null)))
                    .isInstanceOf(BadInputException.class);
            assertThatThrownBy(() -> SampleFilter.all(new TagRef(id, null, null)))
                    .isInstanceOf(BadInputException.class);
        }
        assertThat(lasting(1, 1).matchesDuration(1)).isTrue();
    }

    @Test
    void everyCallIsReturnedOnFilteredPagesOfOneCall() {
        fixture.calls.with(IntStream.range(0, 120)
                .mapToObj(i -> i % 7 == 0
                        ? SampleFactory.call(Vendor.SIPSIM, "c" + i, VIP, SPAM)
                        : SampleFactory.call(Vendor.SIPSIM, "c" + i, VIP))
                .toArray(Call[]::new));
        int found = 0;
        @Nullable String after = null;
        boolean more = true;
        while (more) {
            Connection<Call> page = list(
                    SampleFilter.all(SampleFilter.ref("VIP"), SampleFilter.ref("Spam")),
                    PageArguments.forward(2, after));
            found += page.edges().size();
            after = page.pageInfo().endCursor();
            more = page.pageInfo().hasNextPage();
        }
        assertThat(found).isEqualTo(18);
    }

    @Test
    void vendorsWithoutCallsAreAbsentAndUnconfiguredVendorsAreSkipped() {
        assertThat(list(CallFilter.ALL, ALL).sources())
                .extracting(SourceOutcome::vendor)
                .containsExactly(Vendor.SIPSIM);
        TaggingFixture half = TaggingFixture.withoutCalls();
        CallService without = half.callService();
        Connection<Call> page = SourceAssertions.require(without.list(half.directory, CallFilter.ALL, ALL));
        assertThat(page.sources()).extracting(SourceOutcome::status).containsExactly(SourceStatus.SKIPPED);
        StepVerifier.create(without.find(half.directory, GlobalId.parse("sipsim:call:1")))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.NOT_CONFIGURED));
    }

    @Test
    void tagIsReturnedOnceWhenTheVendorListsItTwice() {
        fixture.calls.with(SampleFactory.call(Vendor.SIPSIM, "c1", VIP, SPAM, VIP));
        Call call = list(CallFilter.ALL, ALL).nodes().getFirst();
        assertThat(call.embeddedTags()).containsExactly(VIP, SPAM);
        assertThat(SourceAssertions.require(service.tags(fixture.directory, bare("c1"))))
                .containsExactly(VIP, SPAM);
    }

    @Test
    void callAndItsTagsAreFound() {
        StepVerifier.create(service.find(fixture.directory, GlobalId.parse("sipsim:call:c1"))
                        .map(Call::remoteId))
                .expectNext("c1")
                .verifyComplete();
        StepVerifier.create(service.find(fixture.directory, GlobalId.parse("sipsim:call:no")))
                .verifyComplete();
        StepVerifier.create(service.find(fixture.directory, GlobalId.parse("swipeone:call:1")))
                .verifyComplete();
        Call whole = SampleFactory.call(Vendor.SIPSIM, "c1", VIP);
        assertThat(SourceAssertions.require(service.tags(fixture.directory, whole)))
                .containsExactly(VIP);
        assertThat(SourceAssertions.require(service.tags(fixture.directory, bare("c1"))))
                .containsExactly(VIP, SPAM);
        assertThat(SourceAssertions.require(service.tags(fixture.directory, bare("gone"))))
                .isEmpty();
    }

    private static Call bare(String id) {
        return new Call(Vendor.SIPSIM, id, CallType.INBOUND, null, null, null, null, null);
    }

    private CallQuery query() {
        return Objects.requireNonNull(fixture.calls.lastQuery());
    }

    private List<String> remoteIds(TagRef ref) {
        return SourceAssertions.require(TagReferenceResolver.remoteIds(fixture.directory, Vendor.SIPSIM, List.of(ref)))
                .getFirst()
                .stream()
                .toList();
    }

    private Connection<Call> list(CallFilter filter, PageArguments arguments) {
        return SourceAssertions.require(service.list(fixture.directory, filter, arguments));
    }

    private List<String> ids(CallFilter filter) {
        return ids(list(filter, ALL));
    }

    private static List<String> ids(Connection<Call> page) {
        return page.nodes().stream().map(Call::remoteId).toList();
    }

    private static CallFilter lasting(@Nullable Integer min, @Nullable Integer max) {
        return new CallFilter(null, null, null, null, null, null, null, min, max, null);
    }
}
