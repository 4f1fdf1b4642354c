package io.taggateway.tagging.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.tag.TagRef;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tests of a vendor that ignores filters which it claims to apply. */
class IgnoredFilterTests {

    private static final PageArguments ALL = PageArguments.forward(100, null);
    private static final Tag VIP = SampleFactory.embedded(Vendor.SIPSIM, "1", "VIP");
    private static final Tag SPAM = SampleFactory.embedded(Vendor.SIPSIM, "2", "Spam");

    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final CallService service = fixture.callService();

    @Test
    void callsAreFilteredWhenTheVendorIgnoresTheFilter() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"));
        fixture.calls.with(
                SampleFactory.startedAt(
                        SampleFactory.call(Vendor.SIPSIM, "early", VIP), SampleFactory.NOON.minusSeconds(90)),
                SampleFactory.startedAt(
                        SampleFactory.call(Vendor.SIPSIM, "other", SPAM), SampleFactory.NOON.minusSeconds(30)),
                SampleFactory.startedAt(
                        SampleFactory.call(Vendor.SIPSIM, "hit", VIP), SampleFactory.NOON.minusSeconds(30)),
                SampleFactory.startedAt(
                        SampleFactory.call(Vendor.SIPSIM, "typed", CallType.MISSED, "+331990031", "+331990032"),
                        SampleFactory.NOON.minusSeconds(30)));
        fixture.calls.ignore(EnumSet.allOf(CallQuery.Member.class));
        assertThat(ids(SampleFilter.any(SampleFilter.ref("VIP")))).containsExactly("early", "hit");
        assertThat(ids(SampleFilter.all(SampleFilter.ref("VIP")))).containsExactly("early", "hit");
        assertThat(ids(SampleFilter.any(new TagRef("sipsim:tag:99", null, null))))
                .isEmpty();
        assertThat(ids(SampleFilter.types(CallType.MISSED))).containsExactly("typed");
        assertThat(ids(searching("+33 1 99 00 99"))).isEmpty();
        assertThat(ids(searching("+331990032"))).containsExactly("typed");
        assertThat(ids(searching("01 99 00 32"))).containsExactly("typed");
        assertThat(ids(searching("Ada"))).hasSize(4);
        assertThat(ids(SampleFilter.between(SampleFactory.NOON.minusSeconds(60), SampleFactory.NOON.minusSeconds(30))))
                .isEmpty();
        assertThat(ids(SampleFilter.between(SampleFactory.NOON.minusSeconds(90), SampleFactory.NOON.minusSeconds(30))))
                .containsExactly("early");
        Tag vip = SampleFactory.tag(Vendor.SIPSIM, "1", "VIP");
        assertThat(ids(SourceAssertions.require(service.listOf(fixture.directory, vip, CallFilter.ALL, ALL))))
                .containsExactly("early", "hit");
    }

    @Property(tries = 200, seed = "7")
    void periodsThatMeetHaveEachCallOnce(
            @ForAll @Size(max = 30) List<@IntRange(max = 5_000) Integer> starts,
            @ForAll @IntRange(min = 1, max = 4_999) int cut) {
        TaggingFixture fresh = TaggingFixture.ofBoth();
        fresh.calls.with(IntStream.range(0, starts.size())
                .mapToObj(i -> SampleFactory.startedAt(
                        SampleFactory.call(Vendor.SIPSIM, "c" + i), SampleFactory.NOON.minusMillis(starts.get(i))))
                .toArray(Call[]::new));
        fresh.calls.ignore(EnumSet.of(CallQuery.Member.PERIOD));
        Instant first = SampleFactory.NOON.minusMillis(5_000);
        Instant middle = SampleFactory.NOON.minusMillis(cut);
        List<String> found = Stream.of(
                        SampleFilter.between(first, middle),
                        SampleFilter.between(middle, SampleFactory.NOON.plusMillis(1)))
                .flatMap(period ->
                        ids(SourceAssertions.require(fresh.callService().list(fresh.directory, period, ALL))).stream())
                .sorted()
                .toList();
        assertThat(found)
                .isEqualTo(IntStream.range(0, starts.size())
                        .mapToObj(i -> "c" + i)
                        .sorted()
                        .toList());
    }

    private List<String> ids(CallFilter filter) {
        return ids(SourceAssertions.require(service.list(fixture.directory, filter, ALL)));
    }

    private static List<String> ids(Connection<Call> page) {
        return page.nodes().stream().map(Call::remoteId).toList();
    }

    private static CallFilter searching(String search) {
        return new CallFilter(null, null, null, null, null, null, search, null, null, null);
    }
}
