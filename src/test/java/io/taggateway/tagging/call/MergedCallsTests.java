package io.taggateway.tagging.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.FailureReason;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the calls of two vendors as one list. One vendor applies every filter, the other none. */
class MergedCallsTests {

    private static final PageArguments ALL = PageArguments.forward(100, null);
    private static final Tag VIP = SampleFactory.embedded(Vendor.SIPSIM, "1", "VIP");
    private static final Tag OTHER_VIP = SampleFactory.embedded(Vendor.SWIPEONE, "a", "vip");

    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final CallService service = fixture.callService();

    @BeforeEach
    void store() {
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        fixture.contactTags.with(SampleFactory.tag(Vendor.SWIPEONE, "a", "vip"));
        fixture.calls.with(
                ago(SampleFactory.call(Vendor.SIPSIM, "s1", VIP), 10),
                ago(SampleFactory.call(Vendor.SIPSIM, "s2"), 20),
                ago(SampleFactory.call(Vendor.SIPSIM, "s3", VIP), 20),
                ago(SampleFactory.call(Vendor.SIPSIM, "s5"), 50));
        fixture.contactVendorsCalls.with(
                ago(SampleFactory.call(Vendor.SWIPEONE, "w1"), 5),
                ago(SampleFactory.call(Vendor.SWIPEONE, "w2", OTHER_VIP), 20),
                ago(SampleFactory.call(Vendor.SWIPEONE, "w4", CallType.MISSED, "+331990031", "+331990032"), 40),
                ago(SampleFactory.call(Vendor.SWIPEONE, "w9"), 60 * 24 * 40));
    }

    @Test
    void newestCallIsFirstAndTiesAreInTheOrderOfVendors() {
        Connection<Call> page = list(CallFilter.ALL, ALL);
        assertThat(ids(page)).containsExactly("w1", "s1", "s2", "s3", "w2", "w4", "s5");
        assertThat(page.sources())
                .containsExactly(
                        SourceOutcome.ok(Vendor.SIPSIM, SampleFactory.NOON),
                        SourceOutcome.ok(Vendor.SWIPEONE, SampleFactory.NOON));
        assertThat(page.totalCount()).isNull();
        assertThat(page.pageInfo().hasNextPage()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void listIsTheSameWithAnyPageSize(int size) {
        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        boolean more = true;
        while (more) {
            Connection<Call> page = list(CallFilter.ALL, PageArguments.forward(size, after));
            found.addAll(ids(page));
            assertThat(page.sources())
                    .extracting(SourceOutcome::vendor)
                    .containsExactly(Vendor.SIPSIM, Vendor.SWIPEONE);
            after = page.pageInfo().endCursor();
            more = page.pageInfo().hasNextPage();
        }
        assertThat(found).containsExactly("w1", "s1", "s2", "s3", "w2", "w4", "s5");
    }

    @Test
    void periodBeginsAtTheSameInstantWhileTheListIsRead() {
        Connection<Call> page = list(CallFilter.ALL, PageArguments.forward(3, null));
        fixture.clock.advance(Duration.ofMinutes(5));
        list(CallFilter.ALL, PageArguments.forward(3, page.pageInfo().endCursor()));
        assertThat(query().startedAfter()).isEqualTo(SampleFactory.NOON.minus(Duration.ofDays(30)));
    }

    @Test
    void gatewayFiltersCallsWhenTheVendorDoesNot() {
        assertThat(ids(any("VIP"))).containsExactly("s1", "s3", "w2");
        assertThat(query().tagIds()).isEmpty();
        CallFilter missed =
                new CallFilter(null, null, null, null, List.of(CallType.MISSED), null, null, null, null, null);
        assertThat(ids(missed)).containsExactly("w4");
        assertThat(query().types()).isEmpty();
        CallFilter searched = new CallFilter(null, null, null, null, null, null, "0031", null, null, null);
        assertThat(ids(searched)).containsExactly("w4");
        assertThat(query().search()).isNull();
        CallFilter early = new CallFilter(
                null, SampleFactory.NOON.minus(Duration.ofMinutes(30)), null, null, null, null, null, null, null, null);
        assertThat(ids(early)).containsExactly("w4", "s5");
    }

    @Test
    void callsOfEmployeesExcludeVendorsWithoutEmployees() {
        fixture.calls.assign("s2", "101");
        assertThat(ids(new CallFilter(null, null, null, null, null, List.of("101"), null, null, null, null)))
                .containsExactly("s2");
        assertThat(fixture.contactVendorsCalls.requests()).isZero();
    }

    @Test
    void partOfFailedVendorIsMissingUntilItRecovers() {
        fixture.contactVendorsCalls.fail(FailureReason.TIMEOUT);
        Connection<Call> page = list(CallFilter.ALL, PageArguments.forward(2, null));
        assertThat(ids(page)).containsExactly("s1", "s2");
        assertThat(page.sources())
                .extracting(SourceOutcome::status)
                .containsExactly(SourceStatus.OK, SourceStatus.FAILED);
        fixture.contactVendorsCalls.fail(null);
        assertThat(ids(list(
                        CallFilter.ALL, PageArguments.forward(9, page.pageInfo().endCursor()))))
                .containsExactly("w1", "s3", "w2", "w4", "s5");
    }

    @Test
    void pageSendsOneRequestToEachVendor() {
        list(CallFilter.ALL, PageArguments.forward(3, null));
        assertThat(fixture.calls.requests()).isOne();
        assertThat(fixture.contactVendorsCalls.requests()).isOne();
    }

    private static Call ago(Call call, int minutes) {
        return SampleFactory.startedAt(call, SampleFactory.NOON.minus(Duration.ofMinutes(minutes)));
    }

    private CallQuery query() {
        return Objects.requireNonNull(fixture.contactVendorsCalls.lastQuery());
    }

    private Connection<Call> list(CallFilter filter, PageArguments arguments) {
        return SourceAssertions.require(service.list(fixture.directoryOfCalls, filter, arguments));
    }

    private List<String> ids(CallFilter filter) {
        return ids(list(filter, ALL));
    }

    private static List<String> ids(Connection<Call> page) {
        return page.nodes().stream().map(Call::remoteId).toList();
    }

    private static CallFilter any(String name) {
        return new CallFilter(
                null, null, List.of(new TagRef(null, name, null)), null, null, null, null, null, null, null);
    }
}
