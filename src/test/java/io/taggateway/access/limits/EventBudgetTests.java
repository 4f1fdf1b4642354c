package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.EventStream;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** Tests of subscriptions whose events exceed the limit of vendor requests. */
@SlowTest
class EventBudgetTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String QUERY = """
        subscription { tagChanged { tag {
            a: calls(first: 1, filter: {types: [MISSED]}) { nodes { id } }
            b: calls(first: 1, filter: {types: [INBOUND]}) { nodes { id } }
            c: calls(first: 1, filter: {types: [OUTGOING]}) { nodes { id } } } } }\
        """;

    @Test
    void everyEventHasTheSameRequestBudget() {
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of("GATEWAY_LIMITS_VENDOR_REQUESTS_MAX", "2"));
                EventStream stream = EventStream.open(gateway.url(), QUERY)) {
            ApplicationContext context = gateway.gateway().context();
            ChangeFeed feed = gateway.gateway().feed();
            await().atMost(PATIENCE).until(() -> feed.listeners() == 1);
            for (int event = 1; event <= 3; event++) {
                feed.publish(
                        List.of(TagEvent.created(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.NOON)));
                int count = event;
                await().atMost(PATIENCE).until(() -> stream.events().size() == count);
            }
            assertThat(stream.events())
                    .allSatisfy(event -> assertThat(event.path("errors"))
                            .as("%s", event)
                            .singleElement()
                            .satisfies(error -> assertThat(
                                            error.at("/extensions/code").asString())
                                    .isEqualTo("REQUEST_LIMIT_EXCEEDED")));
            assertThat(TestGateway.requests(gateway.sandbox().sipsim()))
                    .filteredOn("GET /calls"::equals)
                    .hasSize(6);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("taggateway.limit.measured")
                            .tag("limit", "vendor-requests")
                            .summary()
                            .max())
                    .isEqualTo(3);
        }
    }
}
