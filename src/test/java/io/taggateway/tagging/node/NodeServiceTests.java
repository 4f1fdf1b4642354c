package io.taggateway.tagging.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NodeId;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** Tests of finding many objects at once. */
class NodeServiceTests {

    private final TaggingFixture fixture = TaggingFixture.ofBoth();

    @Test
    void callsAreReadEightAtATimeAndEachOnce() {
        Sinks.Empty<Void> event = Sinks.empty();
        fixture.calls.with(IntStream.range(0, 50)
                .mapToObj(i -> SampleFactory.call(Vendor.SIPSIM, String.valueOf(i)))
                .toArray(Call[]::new));
        fixture.calls.delayUntil(event.asMono());
        List<GlobalId> ids = IntStream.range(0, 100)
                .mapToObj(i -> GlobalId.parse("sipsim:call:" + i % 50))
                .toList();
        List<Map<NodeId, Lookup<Object>>> answers = new ArrayList<>();
        fixture.nodeService().findAll(fixture.directory, ids).subscribe(answers::add);
        assertThat(fixture.calls.requests()).isEqualTo(8);
        event.tryEmitEmpty().orThrow();
        assertThat(fixture.calls.requests()).isEqualTo(50);
        assertThat(answers)
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .hasSize(50)
                        .allSatisfy((id, lookup) ->
                                assertThat(SourceAssertions.found(lookup)).hasToString(call(id))));
    }

    @Test
    void everyIdHasAnOutcome() {
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        fixture.calls.fail(FailureReason.TIMEOUT);
        Map<NodeId, Lookup<Object>> found = find("sipsim:tag:1", "sipsim:tag:2", "sipsim:call:1", "swipeone:call:1");
        assertThat(found).hasSize(4);
        assertThat(found.get(GlobalId.parse("sipsim:tag:1")))
                .isEqualTo(Lookup.of(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP")));
        assertThat(found.get(GlobalId.parse("sipsim:tag:2"))).isEqualTo(new Lookup.Absent<>());
        assertThat(found.get(GlobalId.parse("swipeone:call:1"))).isEqualTo(new Lookup.Absent<>());
        assertThat(reason(Objects.requireNonNull(found.get(GlobalId.parse("sipsim:call:1")))))
                .isEqualTo(FailureReason.TIMEOUT);
    }

    @Test
    void onlyIdsOfUnconfiguredVendorAreMissing() {
        TaggingFixture half = TaggingFixture.withoutCalls();
        half.contactTags.with(SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP"));
        Map<NodeId, Lookup<Object>> found = SourceAssertions.require(
                half.nodeService().findAll(half.directory, ids("sipsim:tag:1", "sipsim:call:1", "swipeone:tag:1")));
        assertThat(found.values())
                .filteredOn(lookup -> reason(lookup) == FailureReason.NOT_CONFIGURED)
                .hasSize(2);
        assertThat(found.get(GlobalId.parse("swipeone:tag:1"))).isInstanceOf(Lookup.Found.class);
    }

    private Map<NodeId, Lookup<Object>> find(String... ids) {
        return SourceAssertions.require(fixture.nodeService().findAll(fixture.directory, ids(ids)));
    }

    private static @Nullable FailureReason reason(Lookup<Object> lookup) {
        return lookup instanceof Lookup.Failed<Object>(SourceException failure) ? failure.reason() : null;
    }

    private static List<GlobalId> ids(String... ids) {
        return Stream.of(ids).map(GlobalId::parse).toList();
    }

    private static String call(NodeId node) {
        GlobalId id = (GlobalId) node;
        return SampleFactory.call(id.vendor(), id.remoteId()).toString();
    }
}
