package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of ambiguous, cross-site and compressed requests. */
@GatewayTest
class AmbiguousRequestTests {

    private static final String QUERY = "{\"query\": \"{ __typename }\"}";
    private static final String ANSWER = "{\"data\":{\"__typename\":\"Query\"}}";
    private static final String SUBSCRIPTION = "{\"query\": \"subscription { tagChanged { kind } }\"}";
    private static final int LIMIT = 1024 * 1024;

    private final TestGateway gateway;
    private final HttpCaller caller;

    AmbiguousRequestTests(TestGateway gateway) {
        this.gateway = gateway;
        this.caller = new HttpCaller(gateway.url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'query': '{ __typename }', 'query': 'mutation { deleteTag(input: {id: \\'sipsim:tag:1\\'}) {"
                        + " userErrors { code } } }'}",
                "{'query': '{ __typename }', 'operationName': null, 'operationName': null}",
                "{'query': 'query A($a: Int) { __typename }', 'variables': {'a': 1}, 'variables': {'a': 2}}",
                "{'query': 'query A($a: Int) { __typename }', 'variables': {'a': 1, 'a': 2}}",
                "{'query': 'query A($a: X) { __typename }', 'variables': {'a': [{'b': 1, 'b': 1}]}}",
                "{'query': '{ __typename }', 'extensions': {'a': 1, 'a': 1}}",
                "{'query': '{ __typename }', 'other': 1, 'other': 1}"
            })
    void jsonIsRefusedWhenItRepeatsAMember(String body) {
        HttpResponse<String> response =
                caller.post(body.replace("\\'", "\\\"").replace('\'', '"'), "Content-Type", "application/json");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.refusal(response)).isEqualTo("A JSON object has a member more than once.");
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\\nB", "A\\r", "A\\u0000", "A\\u2028B", "A\\u0085B"})
    void operationNameIsRefusedWhenItHasALineBreak(String name) {
        HttpResponse<String> response = caller.post(
                "{\"query\": \"query A { __typename }\", \"operationName\": \"" + name + "\"}",
                "Content-Type",
                "application/json");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.refusal(response)).isEqualTo("`operationName` must be a name.");
    }

    @Test
    void refusesQueryStringWithARepeatedParameter() {
        HttpResponse<String> response = caller.get(
                Map.of("query", "query A($a: Int) { __typename }", "variables", "{\"a\": 1, \"a\": 2}"),
                "Accept",
                "application/json");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.refusal(response)).contains("more than once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors",
                "Sec-Fetch-Site: cross-site|GraphQL-Require-Preflight: 1",
                "Sec-Fetch-Site: same-site",
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Origin: https://evil.example|Sec-Fetch-Site: same-origin"
            })
    void requestOfAnotherSiteIsRefusedWhateverItsOtherHeadersAre(String lines) {
        String[] headers = ("Accept: application/json|Content-Type: application/json|" + lines).split(": |\\|", -1);
        for (HttpResponse<String> response :
                List.of(caller.post(QUERY, headers), caller.get(Map.of("query", "{ __typename }"), headers))) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(HttpCaller.refusal(response)).isEqualTo("A page of another site sent this request.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: OWN", "Origin: TLS"})
    void requestOfTheSameOriginIsExecuted(String line) {
        String own =
                line.replace("OWN", gateway.url()).replace("TLS", gateway.url().replace("http:", "https:"));
        String[] headers = ("Accept: application/json|Content-Type: application/json|" + own).split(": |\\|", -1);
        assertThat(caller.post(QUERY, headers).body()).isEqualTo(ANSWER);
        assertThat(caller.get(Map.of("query", "{ __typename }"), headers).body())
                .isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream, application/json",
                "application/json, text/event-stream",
                "application/graphql-response+json, application/json;q=0.9, text/event-stream;q=0.1"
            })
    void subscriptionIsStreamedOnceWhenEventStreamsAreAccepted(String accepted)
            throws IOException, InterruptedException {
        try (RunningGateway own = gateway.startAnother();
                HttpClient http = HttpClient.newHttpClient()) {
            MeterRegistry meters = own.context().getBean(MeterRegistry.class);
            HttpRequest request = HttpRequest.newBuilder(URI.create(own.caller().url() + "/graphql"))
                    .headers("Accept", accepted, "Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(SUBSCRIPTION))
                    .build();
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            await().until(() -> meters.get("taggateway.subscriptions").gauge().value() == 1);
            assertThat(meters.get("graphql.request").timers())
                    .singleElement()
                    .satisfies(timer -> assertThat(timer.count()).isEqualTo(1));
            own.caller()
                    .execute("mutation { createTag(input: {name: \"Streamed\", vendors: [SIPSIM]}) {"
                            + " userErrors { code } } }")
                    .path("createTag.userErrors")
                    .matchesJsonStrictly("[]");
            assertThat(response.body().filter(line -> line.startsWith("data:")).findFirst())
                    .hasValue("data:{\"data\":{\"tagChanged\":{\"kind\":\"CREATED\"}}}");
            http.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream, application/json", "application/json, text/event-stream"})
    void responseToAQueryIsJsonWhenEventStreamsAreAcceptedToo(String accepted) {
        HttpResponse<String> query = caller.post(QUERY, "Accept", accepted, "Content-Type", "application/json");
        assertThat(query.body()).isEqualTo(ANSWER);
        assertThat(HttpCaller.header(query, "Content-Type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "bare"})
    void compressedBodyIsRead(String encoding) throws IOException {
        HttpResponse<String> response = send(compressed(encoding, QUERY), encoding.replace("bare", "deflate"));
        assertThat(response.body()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void compressedBodyIsBounded(String encoding) throws IOException {
        String bomb = "{\"query\": \"{ __typename }\", \"x\": \"" + "a".repeat(60 * LIMIT) + "\"}";
        byte[] body = compressed(encoding, bomb);
        assertThat(body).hasSizeLessThan(LIMIT / 2);
        HttpResponse<String> response = send(body, encoding);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(HttpCaller.refusal(response)).isEqualTo("The body is too large.");
    }

    @ParameterizedTest
    @CsvSource({"br", "zstd", "compress", "'gzip, gzip'", "nonsense"})
    void otherEncodingIsUnsupported(String encoding) {
        HttpResponse<String> response = send(QUERY.getBytes(StandardCharsets.UTF_8), encoding);
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(HttpCaller.header(response, "Accept-Encoding")).isEqualTo("gzip, deflate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void bodyIsRefusedWhenItsCompressionIsNotThatOfItsHeader(String encoding) {
        HttpResponse<String> response = send(QUERY.getBytes(StandardCharsets.UTF_8), encoding);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.refusal(response)).isEqualTo("The body cannot be decompressed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "Shift_JIS"})
    void charsetIsUnsupportedWhenJsonDoesNotAllowIt(String charset) {
        assertThat(caller.post(QUERY, "Content-Type", "application/json; charset=" + charset)
                        .statusCode())
                .isEqualTo(415);
    }

    private HttpResponse<String> send(byte[] body, String encoding) {
        return caller.send("POST", "", body, "Content-Type", "application/json", "Content-Encoding", encoding);
    }

    private static byte[] compressed(String encoding, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressing(encoding, bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static OutputStream compressing(String encoding, OutputStream bytes) throws IOException {
        return encoding.toLowerCase(Locale.ROOT).endsWith("gzip")
                ? new GZIPOutputStream(bytes)
                : new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, encoding.equals("bare")));
    }
}
