package io.taggateway.tagging.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingStand;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NodeId;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Failures;
import io.taggateway.tagging.source.Samples;
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

    private final TaggingStand stand = TaggingStand.ofBoth();

    @Test
    void callsAreReadEightAtATimeAndEachOnce() {
        Sinks.Empty<Void> event = Sinks.empty();
        stand.calls.with(IntStream.range(0, 50)
                .mapToObj(i -> Samples.call(Vendor.SIPSIM, String.valueOf(i)))
                .toArray(Call[]::new));
        stand.calls.delayUntil(event.asMono());
        List<GlobalId> ids = IntStream.range(0, 100)
                .mapToObj(i -> GlobalId.parse("sipsim:call:" + i % 50))
                .toList();
        List<Map<NodeId, Lookup<Object>>> answers = new ArrayList<>();
        stand.nodeService().findAll(stand.directory, ids).subscribe(answers::add);
        assertThat(stand.calls.requests()).isEqualTo(8);
        event.tryEmitEmpty().orThrow();
        assertThat(stand.calls.requests()).isEqualTo(50);
        assertThat(answers)
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .hasSize(50)
                        .allSatisfy((id, lookup) ->
                                assertThat(Failures.found(lookup)).hasToString(call(id))));
    }

    @Test
    void everyIdHasAnOutcome() {
        stand.callTags.with(Samples.tag(Vendor.SIPSIM, "1", "VIP"));
        stand.calls.fail(FailureReason.TIMEOUT);
        Map<NodeId, Lookup<Object>> found = find("sipsim:tag:1", "sipsim:tag:2", "sipsim:call:1", "swipeone:call:1");
        assertThat(found).hasSize(4);
        assertThat(found.get(GlobalId.parse("sipsim:tag:1")))
                .isEqualTo(Lookup.of(Samples.tag(Vendor.SIPSIM, "1", "VIP")));
        assertThat(found.get(GlobalId.parse("sipsim:tag:2"))).isEqualTo(new Lookup.Absent<>());
        assertThat(found.get(GlobalId.parse("swipeone:call:1"))).isEqualTo(new Lookup.Absent<>());
        assertThat(reason(Objects.requireNonNull(found.get(GlobalId.parse("sipsim:call:1")))))
                .isEqualTo(FailureReason.TIMEOUT);
    }

    @Test
    void onlyIdsOfUnconfiguredVendorAreMissing() {
        TaggingStand half = TaggingStand.withoutCalls();
        half.contactTags.with(Samples.tag(Vendor.SWIPEONE, "1", "VIP"));
        Map<NodeId, Lookup<Object>> found = Failures.require(
                half.nodeService().findAll(half.directory, ids("sipsim:tag:1", "sipsim:call:1", "swipeone:tag:1")));
        assertThat(found.values())
                .filteredOn(lookup -> reason(lookup) == FailureReason.NOT_CONFIGURED)
                .hasSize(2);
        assertThat(found.get(GlobalId.parse("swipeone:tag:1"))).isInstanceOf(Lookup.Found.class);
    }

    private Map<NodeId, Lookup<Object>> find(String... ids) {
        return Failures.require(stand.nodeService().findAll(stand.directory, ids(ids)));
    }

    private static @Nullable FailureReason reason(Lookup<Object> lookup) {
        return lookup instanceof Lookup.Failed<Object>(SourceException failure) ? failure.reason() : null;
    }

    private static List<GlobalId> ids(String... ids) {
        return Stream.of(ids).map(GlobalId::parse).toList();
    }

    private static String call(NodeId node) {
        GlobalId id = (GlobalId) node;
        return Samples.call(id.vendor(), id.remoteId()).toString();
    }
}
