package io.taggateway.tagging.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingStand;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.Failures;
import io.taggateway.tagging.source.Samples;
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
    private static final Tag VIP = Samples.embedded(Vendor.SIPSIM, "1", "VIP");
    private static final Tag SPAM = Samples.embedded(Vendor.SIPSIM, "2", "Spam");

    private final TaggingStand stand = TaggingStand.ofBoth();
    private final CallService service = stand.callService();

    @Test
    void callsThatAnIgnoredFilterLeavesAreDropped() {
        stand.callTags.with(Samples.tag(Vendor.SIPSIM, "1", "VIP"), Samples.tag(Vendor.SIPSIM, "2", "Spam"));
        stand.calls.with(
                Samples.startedAt(Samples.call(Vendor.SIPSIM, "early", VIP), Samples.NOON.minusSeconds(90)),
                Samples.startedAt(Samples.call(Vendor.SIPSIM, "other", SPAM), Samples.NOON.minusSeconds(30)),
                Samples.startedAt(Samples.call(Vendor.SIPSIM, "hit", VIP), Samples.NOON.minusSeconds(30)),
                Samples.startedAt(
                        Samples.call(Vendor.SIPSIM, "typed", CallType.MISSED, "+331990031", "+331990032"),
                        Samples.NOON.minusSeconds(30)));
        stand.calls.ignore(EnumSet.allOf(CallQuery.Member.class));
        assertThat(ids(SampleFilter.any(SampleFilter.ref("VIP")))).containsExactly("early", "hit");
        assertThat(ids(SampleFilter.all(SampleFilter.ref("VIP")))).containsExactly("early", "hit");
        assertThat(ids(SampleFilter.any(new TagRef("sipsim:tag:99", null, null))))
                .isEmpty();
        assertThat(ids(SampleFilter.types(CallType.MISSED))).containsExactly("typed");
        assertThat(ids(searching("+33 1 99 00 99"))).isEmpty();
        assertThat(ids(searching("+331990032"))).containsExactly("typed");
        assertThat(ids(searching("01 99 00 32"))).containsExactly("typed");
        assertThat(ids(searching("Ada"))).hasSize(4);
        assertThat(ids(SampleFilter.between(Samples.NOON.minusSeconds(60), Samples.NOON.minusSeconds(30))))
                .isEmpty();
        assertThat(ids(SampleFilter.between(Samples.NOON.minusSeconds(90), Samples.NOON.minusSeconds(30))))
                .containsExactly("early");
        Tag vip = Samples.tag(Vendor.SIPSIM, "1", "VIP");
        assertThat(ids(Failures.require(service.listOf(stand.directory, vip, CallFilter.ALL, ALL))))
                .containsExactly("early", "hit");
    }

    @Property(tries = 200, seed = "7")
    void periodsThatMeetHaveEachCallOnce(
            @ForAll @Size(max = 30) List<@IntRange(max = 5_000) Integer> starts,
            @ForAll @IntRange(min = 1, max = 4_999) int cut) {
        TaggingStand fresh = TaggingStand.ofBoth();
        fresh.calls.with(IntStream.range(0, starts.size())
                .mapToObj(i -> Samples.startedAt(
                        Samples.call(Vendor.SIPSIM, "c" + i), Samples.NOON.minusMillis(starts.get(i))))
                .toArray(Call[]::new));
        fresh.calls.ignore(EnumSet.of(CallQuery.Member.PERIOD));
        Instant first = Samples.NOON.minusMillis(5_000);
        Instant middle = Samples.NOON.minusMillis(cut);
        List<String> found = Stream.of(
                        SampleFilter.between(first, middle), SampleFilter.between(middle, Samples.NOON.plusMillis(1)))
                .flatMap(period ->
                        ids(Failures.require(fresh.callService().list(fresh.directory, period, ALL))).stream())
                .sorted()
                .toList();
        assertThat(found)
                .isEqualTo(IntStream.range(0, starts.size())
                        .mapToObj(i -> "c" + i)
                        .sorted()
                        .toList());
    }

    private List<String> ids(CallFilter filter) {
        return ids(Failures.require(service.list(stand.directory, filter, ALL)));
    }

    private static List<String> ids(Connection<Call> page) {
        return page.nodes().stream().map(Call::remoteId).toList();
    }

    private static CallFilter searching(String search) {
        return new CallFilter(null, null, null, null, null, null, search, null, null, null);
    }
}
