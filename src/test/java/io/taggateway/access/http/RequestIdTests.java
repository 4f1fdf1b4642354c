package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests of request ids from callers and of generated ones. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class RequestIdTests {

    private static final String HEADER = "X-Request-Id";

    private final TestGateway gateway;
    private final HttpCaller caller;

    RequestIdTests(TestGateway gateway) {
        this.gateway = gateway;
        this.caller = new HttpCaller(gateway.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "a.b_c-d", "1-67891233-abcdef012345678912345678", "Root=1;x/y+z==@h:1"})
    void wellFormedIdIsReturned(String id) {
        String wellFormed = id.replace(";", ":");
        assertThat(HttpCaller.header(execute(wellFormed), HEADER)).isEqualTo(wellFormed);
    }

    @Test
    void longestRequestIdIsReturnedAndALongerOneIsReplaced() {
        String longest = "x".repeat(128);
        assertThat(HttpCaller.header(execute(longest), HEADER)).isEqualTo(longest);
        assertNew(execute(longest + "x"), longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "<script>", "\"", "é", "a\tb", "${jndi:x}"})
    void illFormedIdIsReplaced(String id) {
        assertNew(execute(id), id);
    }

    @Test
    void everyResponseHasItsOwnRequestId() {
        List<HttpResponse<String>> answers = List.of(
                caller.execute("{ __typename }"),
                caller.execute("{ nope }"),
                caller.get("{ __typename }"),
                caller.post("[]", "Content-Type", "application/json"),
                caller.post("x".repeat(2_000_000), "Content-Type", "application/json"),
                caller.send("DELETE", "", new byte[0]),
                caller.send("OPTIONS", "", new byte[0]),
                caller.send("GET", "/nothing/here", new byte[0]),
                new HttpCaller(gateway.url() + "/livez?").send("GET", "", new byte[0]),
                new HttpCaller(gateway.url() + "/graphiql?").send("GET", "", new byte[0]));
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsExactly(200, 200, 200, 400, 413, 405, 204, 404, 200, 200);
        assertThat(answers)
                .extracting(response -> UUID.fromString(HttpCaller.header(response, HEADER)))
                .doesNotHaveDuplicates();
    }

    @Test
    void logLineHasTheRequestId(CapturedOutput log) {
        HttpResponse<String> response =
                caller.post("{\"query\": \"{ nope }\"}", "Content-Type", "application/json", HEADER, "of-this-request");
        String errorId =
                HttpCaller.json(response).at("/errors/0/extensions/errorId").asString();
        assertThat(log.getOut()).contains("errorId=" + errorId + " requestId=of-this-request");
    }

    @Test
    void failedVendorRequestIsLoggedWithTheRequestId(CapturedOutput log) {
        gateway.sipsim().fail(Fault.status(500));
        String query = "{\"query\": \"{ tags { totalCount } calls(first: 1) { nodes { id } } }\"}";
        caller.post(query, "Content-Type", "application/json", HEADER, "of-this-request");
        assertThat(log.getOut()
                        .lines()
                        .filter(line -> line.contains("Vendor request failed: tenant=default vendor=SIPSIM")))
                .hasSize(2)
                .allMatch(line -> line.endsWith(" requestId=of-this-request"));
    }

    @Test
    void defectIsLoggedWithTheRequestId(CapturedOutput log) {
        gateway.failNextListingOfCalls(new IllegalStateException("defect"));
        String query = "{\"query\": \"{ calls { nodes { id } } }\"}";
        caller.post(query, "Content-Type", "application/json", HEADER, "of-this-request");
        assertThat(log.getOut().lines().filter(line -> line.contains("Unexpected error: errorId=")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" requestId=of-this-request"));
    }

    private static void assertNew(HttpResponse<String> response, String given) {
        assertThat(UUID.fromString(HttpCaller.header(response, HEADER)).toString())
                .isNotEqualTo(given);
    }

    private HttpResponse<String> execute(String id) {
        return caller.post("{\"query\": \"{ __typename }\"}", "Content-Type", "application/json", HEADER, id);
    }
}
