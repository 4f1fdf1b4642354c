package io.taggateway.access.streaming;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.EventStream;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of server-sent events without results: keep-alives and disconnects. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class EventStreamTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SandboxedGateway gateway = SandboxedGateway.start(
            Map.of("GATEWAY_SUBSCRIPTIONS_KEEP_ALIVE", "1h", "GATEWAY_SUBSCRIPTIONS_MAX_CONNECTIONS", "1"));
    private final RunningOperationRegistry running =
            gateway.gateway().context().getBean(RunningOperationRegistry.class);

    @AfterEach
    void awaitDisconnect() {
        await().atMost(PATIENCE).until(() -> running.count() == 0);
    }

    @AfterAll
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "text/event-stream, application/json",
                "application/json, text/event-stream;q=0.1"
            })
    void streamIsOpenBeforeItsFirstEvent(String accepted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/graphql"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", accepted)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"query\":\"subscription { subjectTagsChanged { subjectId } }\"}"))
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream events = response.body()) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(new String(events.readNBytes(3), US_ASCII)).isEqualTo(":\n\n");
            await().atMost(PATIENCE).until(() -> running.count() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/json, text/event-stream"})
    void subscriptionEndsBeyondTheLimitOfConnections(String accepted) throws IOException, InterruptedException {
        try (EventStream first = EventStream.open(gateway.url(), "subscription { tagChanged { kind } }");
                HttpClient http = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE).until(() -> running.count() == 1);
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/graphql"))
                    .timeout(PATIENCE)
                    .headers("Content-Type", "application/json", "Accept", accepted)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"subscription { tagChanged { kind } }\"}"))
                    .build();
            String response =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            assertThat(response).contains("SUBSCRIPTION_LIMIT_EXCEEDED");
            await().atMost(PATIENCE).until(() -> running.count() == 1);
            assertThat(first.events()).isEmpty();
        }
    }
}
