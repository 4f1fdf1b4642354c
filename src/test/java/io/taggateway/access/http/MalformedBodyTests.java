package io.taggateway.access.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.RawConnection;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HexFormat;
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

/** Tests of bodies with malformed chunks, bodies that are cut off, and bodies that are not in UTF-8. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class MalformedBodyTests {

    private static final String MUTATION =
            "{\"query\": \"mutation { createTag(input: {name: \\\"Cut\\\"}) { userErrors { code } } }\"}";
    private static final String CHUNK = Integer.toHexString(MUTATION.length()) + "\r\n" + MUTATION + "\r\n";

    private final TestGateway gateway;
    private final MeterRegistry meters;
    private final CapturedOutput output;
    private final HttpCaller caller;
    private double failed;

    MalformedBodyTests(TestGateway gateway, @Autowired MeterRegistry meters, CapturedOutput output) {
        this.gateway = gateway;
        this.meters = meters;
        this.output = output;
        this.caller = new HttpCaller(gateway.url());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0af",
                "c0a2",
                "c180",
                "e080af",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f08080af",
                "f4908080",
                "f5808080",
                "80",
                "ff",
                "c3",
                "e282",
                "f09f98"
            })
    void bodyIsRefusedWhenItIsNotValidUtf8(String hex) {
        for (String extra : new String[] {"", "é"}) {
            HttpResponse<String> response = caller.send(
                    "POST", "", body(extra, HexFormat.of().parseHex(hex)), "Content-Type", "application/json");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(HttpCaller.refusal(response)).isEqualTo("The body is not valid UTF-8.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "é", "€", "\ud800\udc00", "\udbff\udfff", "\uFFFD", "\uFFFF", "\u0800", "\uD7FF", "\uE000"})
    void bodyIsReadWhenItIsValidUtf8(String text) {
        HttpResponse<String> response =
                caller.send("POST", "", body("", text.getBytes(UTF_8)), "Content-Type", "application/json");
        assertThat(response.body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    }

    private static byte[] body(String before, byte[] text) {
        return ("{\"query\": \"{ __typename }\", \"variables\": {\"x\": \""
                        + new String(before.getBytes(UTF_8), ISO_8859_1) + new String(text, ISO_8859_1) + "\"}}")
                .getBytes(ISO_8859_1);
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
