package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.RawConnection;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests of bodies with malformed chunks, and bodies that are cut off. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class MalformedBodyTests {

    private static final String MUTATION =
            "{\"query\": \"mutation { createTag(input: {name: \\\"Cut\\\"}) { userErrors { code } } }\"}";
    private static final String CHUNK = Integer.toHexString(MUTATION.length()) + "\r\n" + MUTATION + "\r\n";

    private final TestGateway gateway;
    private final MeterRegistry meters;
    private final CapturedOutput output;
    private double failed;

    MalformedBodyTests(TestGateway gateway, @Autowired MeterRegistry meters, CapturedOutput output) {
        this.gateway = gateway;
        this.meters = meters;
        this.output = output;
    }

    @BeforeEach
    void count() {
        failed = measured("SERVER_ERROR");
    }

    @AfterEach
    void assertNothingFailed() {
        assertThat(measured("SERVER_ERROR")).isEqualTo(failed);
        assertThat(output.getAll()).doesNotContain("\tat ").doesNotContain(" ERROR ");
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', zz",
        "'', -1",
        "'', ''",
        "whole, zz",
        "'Origin: OWN', zz",
        "'Origin: OWN', whole",
        "'Accept: text/event-stream', zz",
        "'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', zz"
    })
    void malformedChunkIsAnErrorOfTheCaller(String line, String size) throws IOException {
        double before = measured("CLIENT_ERROR");
        String chunks =
                (line.equals("whole") ? CHUNK : "") + (size.equals("whole") ? CHUNK + "zz" : size) + "\r\nx\r\n";
        try (RawConnection connection = connect()) {
            connection.send(chunkedHead(line.startsWith("whole") ? "" : line.replace("OWN", gateway.url())) + chunks);
            assertThat(connection.read())
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("connection: close")
                    .contains("A chunk of the body is malformed.");
            assertThat(connection.isClosed()).isTrue();
        }
        await().untilAsserted(() -> assertThat(measured("CLIENT_ERROR")).isEqualTo(before + 1));
    }

    @Test
    void connectionIsClosedWhenBodyOfARefusedRequestIsMalformed() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(chunkedHead("Origin: null"));
            assertThat(connection.read()).startsWith("HTTP/1.1 400 ").contains("A page of another site");
            connection.send("zz\r\n");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void malformedChunkOfLaterRequestDoesNotChangeEarlierResponse() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(RawConnection.post("{ __typename }") + chunkedHead("") + CHUNK + "zz\r\n");
            assertThat(connection.read()).startsWith("HTTP/1.1 200 ").contains("{\"data\"");
            assertThat(connection.read()).startsWith("HTTP/1.1 400 ").contains("A chunk of the body is malformed.");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 1000", "Content-Length: 1000\r\nOrigin: OWN", "Transfer-Encoding: chunked"})
    void bodyThatIsCutOffIsNoFailure(String lines) throws IOException {
        double before = measured("");
        try (RawConnection connection = connect()) {
            connection.send(head(lines.replace("OWN", gateway.url())) + CHUNK);
        }
        await().untilAsserted(() -> assertThat(measured("")).isEqualTo(before + 1));
    }

    private RawConnection connect() throws IOException {
        return RawConnection.open(URI.create(gateway.url()).getPort());
    }

    private String chunkedHead(String line) {
        return head("Transfer-Encoding: chunked" + (line.isEmpty() ? "" : "\r\n" + line));
    }

    private String head(String lines) {
        return "POST /graphql HTTP/1.1\r\nHost: " + URI.create(gateway.url()).getAuthority()
                + "\r\nContent-Type: application/json\r\n" + lines + "\r\n\r\n";
    }

    /** The number of requests to the endpoint that were measured with an outcome, or with any. */
    private double measured(String outcome) {
        return meters.find("http.server.requests").tag("uri", "/graphql").timers().stream()
                .filter(timer ->
                        outcome.isEmpty() || outcome.equals(timer.getId().getTag("outcome")))
                .mapToLong(Timer::count)
                .sum();
    }
}
