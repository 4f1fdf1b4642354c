package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.EventStream;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests of errors of the virtual machine while an operation is executed. Reactor does not propagate these. */
@GatewayTest
class FatalErrorTests {

    private static final String CALLS = "{ calls(first: 1) { nodes { id } } }";

    private final TestGateway gateway;
    private final RunningOperationRegistry running;

    FatalErrorTests(TestGateway gateway, @Autowired RunningOperationRegistry running) {
        this.gateway = gateway;
        this.running = running;
    }

    static List<Arguments> errors() {
        return List.of(
                Arguments.of(new StackOverflowError("invented"), false),
                Arguments.of(new StackOverflowError("invented"), true),
                Arguments.of(new OutOfMemoryError("invented"), true),
                Arguments.of(new NoClassDefFoundError("invented"), false),
                Arguments.of(new NoClassDefFoundError("invented"), true),
                Arguments.of(new InternalError("invented"), true));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void requestFailsAtOnceWithServerError(Error error, boolean late) throws Exception {
        fail(error, late);
        HttpResponse<String> response = post("application/json");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("INTERNAL_SERVER_ERROR").doesNotContain("invented");
        assertThat(response.headers().firstValue("Connection")).contains("close");
        assertGoesOn();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void eventStreamEndsWithAnError(Error error, boolean late) throws Exception {
        fail(error, late);
        HttpResponse<String> response = post("text/event-stream");
        assertThat(response.body())
                .contains("event:next", "INTERNAL_SERVER_ERROR", "event:complete")
                .doesNotContain("invented");
        assertGoesOn();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void operationOfAWebSocketEndsWithAnError(Error error, boolean late) throws Exception {
        fail(error, late);
        SocketClient client = new SocketClient();
        WebSocket socket = SocketClient.open(client, gateway.url(), CALLS);
        socket.request(4);
        await().until(() -> client.messages().size() == 2);
        assertThat(client.messages().getLast())
                .contains("\"type\":\"error\"", "INTERNAL_SERVER_ERROR")
                .doesNotContain("invented");
        String again = "{\"id\":\"2\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + CALLS + "\"}}";
        socket.sendText(again, true).join();
        await().until(() -> client.messages().size() == 4);
        assertThat(client.messages().get(2)).contains("\"id\":\"2\"", "\"nodes\"");
        socket.abort();
        assertGoesOn();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void onlyTheSubscriptionOfAFailedEventEnds(Error error, boolean late) throws Exception {
        String failing = "subscription { tagChanged { tag { calls(first: 1) { nodes { id } } } } }";
        try (EventStream subscriber = EventStream.open(gateway.url(), failing);
                EventStream other = EventStream.open(gateway.url(), "subscription { tagChanged { kind } }")) {
            await().until(() -> running.count() == 2);
            fail(error, late);
            gateway.execute(
                    "mutation { createTag(input: {name: \"Fatal\", vendors: [SIPSIM]})" + " { results { status } } }");
            await().atMost(Duration.ofSeconds(8)).until(() -> running.count() == 1);
            await().until(() -> subscriber.events().toString().contains("INTERNAL_SERVER_ERROR"));
            await().until(() -> other.events().toString().contains("CREATED"));
        }
        assertGoesOn();
    }

    private void fail(Error error, boolean late) {
        if (late) {
            gateway.failNextAnswerWithCalls(error);
        } else {
            gateway.failNextListingOfCalls(error);
        }
    }

    private void assertGoesOn() throws IOException, InterruptedException {
        await().until(() -> running.count() == 0);
        HttpResponse<String> response = post("application/json");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("sipsim:call:").doesNotContain("errors");
    }

    private HttpResponse<String> post(String accepted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/graphql"))
                .version(HttpClient.Version.HTTP_1_1)
                .headers("Content-Type", "application/json", "Accept", accepted)
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + CALLS + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
