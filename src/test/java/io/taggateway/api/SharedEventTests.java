package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.EventStream;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of the vendor requests of one event with many subscribers. */
@SlowTest
class SharedEventTests {

    private static final int LISTENERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void eventIsReadOnceForAllSubscribers() {
        String heavy = "subscription { subjectTagsChanged { tags { name } subject { ... on Call { id tags { name }"
                + " contact { id calls(first: 2) { nodes { id } } } } } } }";
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of())) {
            List<EventStream> listeners = listen(gateway, heavy);
            ChangeFeed feed = gateway.gateway().feed();
            String call = "sipsim:call:100400";
            for (int event = 1; event <= 2; event++) {
                gateway.sandbox().sipsim().clearRequests();
                gateway.sandbox().swipeone().clearRequests();
                feed.publish(SubjectTagsEvent.reported(call, null, SampleFactory.NOON));
                awaitEvents(listeners, event);
                assertThat(gateway.sandbox().sipsim().requests()).hasSizeLessThanOrEqualTo(3);
                assertThat(gateway.sandbox().swipeone().requests()).hasSizeLessThanOrEqualTo(1);
            }
            assertThat(listeners)
                    .allSatisfy(listener -> assertThat(listener.events())
                            .allSatisfy(event -> assertThat(event.at("/data/subjectTagsChanged/subject/id")
                                            .asString())
                                    .isEqualTo(call)));
            listeners.getFirst().close();
            listeners.forEach(EventStream::close);
        }
    }

    @Test
    void subscribersOfOneEventShareItsBudget() {
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of("GATEWAY_LIMITS_VENDOR_REQUESTS_MAX", "5"))) {
            List<EventStream> listeners = new ArrayList<>();
            for (int listener = 1; listener <= LISTENERS; listener++) {
                listeners.add(EventStream.open(
                        gateway.url(),
                        ("subscription { tagChanged { tag { calls(first: 1, filter: {startedAfter:"
                                        + " \"2020-01-01T00:00:%02dZ\"}) { nodes { id } } } } }")
                                .formatted(listener)));
            }
            ChangeFeed feed = gateway.gateway().feed();
            await().atMost(PATIENCE).until(() -> feed.listeners() == LISTENERS);
            await().atMost(PATIENCE)
                    .until(() -> gateway.sandbox().sipsim().requests().size() == 1
                            && gateway.sandbox().swipeone().requests().size() == 1);
            gateway.sandbox().sipsim().clearRequests();
            feed.publish(List.of(TagEvent.created(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.NOON)));
            awaitEvents(listeners, 1);
            assertThat(gateway.sandbox().sipsim().requests()).hasSizeLessThanOrEqualTo(5);
            List<JsonNode> refused = listeners.stream()
                    .map(listener -> listener.events().getFirst())
                    .filter(event -> event.has("errors"))
                    .toList();
            assertThat(refused)
                    .hasSizeBetween(LISTENERS - 5, LISTENERS - 1)
                    .allSatisfy(event -> assertThat(
                                    event.at("/errors/0/extensions/code").asString())
                            .isEqualTo("REQUEST_LIMIT_EXCEEDED"));
            listeners.forEach(EventStream::close);
        }
    }

    private static List<EventStream> listen(SandboxedGateway gateway, String query) {
        List<EventStream> listeners = new ArrayList<>();
        for (int listener = 0; listener < LISTENERS; listener++) {
            listeners.add(EventStream.open(gateway.url(), query));
        }
        await().atMost(PATIENCE).until(() -> gateway.gateway().feed().listeners() == LISTENERS);
        return listeners;
    }

    private static void awaitEvents(List<EventStream> listeners, int count) {
        await().atMost(PATIENCE)
                .until(() -> listeners.stream()
                        .allMatch(listener -> listener.events().size() == count));
    }
}
