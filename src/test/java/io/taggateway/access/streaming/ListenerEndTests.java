package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests of subscriptions that the gateway ends: the client does not read, or the gateway stops. */
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class ListenerEndTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final String QUERY = "subscription { tagChanged { tag { description } } }";

    @Test
    void onlySubscriptionWhoseClientDoesNotReadIsEnded() {
        Tag big = SampleFactory.described(Vendor.SIPSIM, "1", "Big", "x".repeat(200_000));
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of("GATEWAY_SUBSCRIPTIONS_BUFFER", "8"))) {
            ChangeFeed feed = gateway.gateway().feed();
            SocketClient attentive = new SocketClient();
            SocketClient deaf = new SocketClient();
            SocketClient.open(attentive, gateway.url(), QUERY).request(Long.MAX_VALUE);
            WebSocket deafSocket = SocketClient.open(deaf, gateway.url(), QUERY);
            await().atMost(PATIENCE).until(() -> feed.listeners() == 2);
            int told = 0;
            while (feed.listeners() == 2) {
                assertThat(told).as("events that fit into buffers").isLessThan(2_000);
                tell(feed, big, attentive, ++told);
            }
            tell(feed, big, attentive, told + 1);
            assertThat(attentive.messages().getLast()).contains("\"data\"").doesNotContain("errors");
            deafSocket.request(Long.MAX_VALUE);
            await().atMost(PATIENCE).until(() -> deaf.messages().getLast().contains("SUBSCRIPTION_TOO_SLOW"));
            assertThat(deaf.messages().getLast()).contains("\"error\"", "subscribe again");
        }
    }

    @Test
    void subscriptionsAreCompletedWhenGatewayStops(CapturedOutput log) {
        SocketClient listener = new SocketClient();
        SocketClient idle = new SocketClient();
        CompletableFuture<HttpResponse<String>> events;
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.ofEntries(RunningGateway.QUIET_PERIOD))) {
            ChangeFeed feed = gateway.gateway().feed();
            SocketClient.open(listener, gateway.url(), QUERY).request(Long.MAX_VALUE);
            SocketClient.open(idle, gateway.url(), "{ __typename }").request(Long.MAX_VALUE);
            events = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create(gateway.url() + "/graphql"))
                                    .header("Content-Type", "application/json")
                                    .header("Accept", "text/event-stream")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + QUERY + "\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            await().atMost(PATIENCE).until(() -> feed.listeners() == 2);
        }
        assertThat(log.getOut()).contains("Graceful shutdown complete").doesNotContain("Graceful shutdown aborted");
        await().atMost(PATIENCE).until(() -> listener.closedWith() != 0 && idle.closedWith() != 0);
        assertThat(listener.closedWith()).isEqualTo(1012);
        assertThat(idle.closedWith()).isEqualTo(1012);
        assertThat(listener.messages().getLast()).contains("\"complete\"");
        assertThat(events)
                .succeedsWithin(PATIENCE)
                .satisfies(response -> assertThat(response.body()).endsWith("event:complete\ndata:{}\n\n"));
    }

    @Test
    void socketIsClosedWhenOpenedWhileTheGatewayStops() {
        SocketClient late = new SocketClient();
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.ofEntries(RunningGateway.QUIET_PERIOD))) {
            gateway.gateway().context().getBean(WebSocketRegistry.class).end();
            SocketClient.connect(late, gateway.url());
            await().atMost(PATIENCE).until(() -> late.closedWith() != 0);
        }
        assertThat(late.closedWith()).isEqualTo(1012);
    }

    private static void tell(ChangeFeed feed, Tag tag, SocketClient attentive, int told) {
        feed.publish(List.of(TagEvent.created(tag, SampleFactory.NOON)));
        await().atMost(PATIENCE)
                .pollInterval(SHORT)
                .until(() -> attentive.messages().size() == told + 1);
    }
}
