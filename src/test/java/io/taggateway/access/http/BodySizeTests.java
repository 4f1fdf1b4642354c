package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of large requests with and without {@code Content-Length}. */
@GatewayTest
class BodySizeTests {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int LIMIT = 1024 * 1024;

    private final TestGateway gateway;

    BodySizeTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyBeyondTheLimitIsTooLarge(boolean chunked) {
        for (int size : new int[] {LIMIT + 1, 3 * LIMIT}) {
            HttpResponse<String> response = post(body(size), chunked);
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/graphql-response+json");
            JsonNode json = JsonMapper.shared().readTree(response.body());
            assertThat(json.has("data")).isFalse();
            assertThat(json.path("errors")).hasSize(1);
            assertThat(json.at("/errors/0/message").asString()).isEqualTo("The body is too large.");
            assertThat(json.at("/errors/0/extensions/code").asString()).isEqualTo("BAD_REQUEST");
            assertThat(json.at("/errors/0/extensions/retryable").asBoolean(true))
                    .isFalse();
        }
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyWithinTheLimitIsAccepted(boolean chunked) {
        for (int size : new int[] {900 * 1024, LIMIT}) {
            HttpResponse<String> response = post(body(size), chunked);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(JsonMapper.shared().readTree(response.body()).at("/data/vendors"))
                    .hasSize(Vendor.values().length);
        }
    }

    private HttpResponse<String> post(byte[] body, boolean chunked) {
        BodyPublisher publisher = chunked
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                : BodyPublishers.ofByteArray(body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/graphql"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json")
                .POST(publisher)
                .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    /** A request of a given size, most of it in an unused variable. */
    private static byte[] body(int size) {
        String start = "{\"query\": \"{ vendors { vendor } }\", \"variables\": {\"unused\": \"";
        String end = "\"}}";
        return (start + "x".repeat(size - start.length() - end.length()) + end).getBytes(StandardCharsets.US_ASCII);
    }
}
