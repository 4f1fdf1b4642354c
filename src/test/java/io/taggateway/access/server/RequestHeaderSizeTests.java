package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests of the maximum length of paths and headers, with HTTP/1.1 and HTTP/2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SlowTest
class RequestHeaderSizeTests {

    private static final int KB = 1024;

    private final RunningGateway gateway =
            RunningGateway.start(Map.of("SERVER_HTTP2_ENABLED", "true", "GATEWAY_CONNECTIONS_HEAD_TIMEOUT", "1s"));

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void headersOf16KilobytesAreAccepted() throws IOException {
        assertThat(withCookie(15 * KB)).startsWith("HTTP/1.1 200 ");
        assertThat(withCookie(17 * KB)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void longRequestsOfHttp2AreAcceptedOnOneConnection() throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        assertThat(get(http, 100, 10).version()).isEqualTo(HttpClient.Version.HTTP_2);
        for (int size : new int[] {10 * KB, 15 * KB}) {
            assertThat(get(http, size, 10).statusCode()).isEqualTo(200);
            assertThat(get(http, 10, size).statusCode()).isEqualTo(200);
        }
        assertThat(get(http, 15 * KB, 15 * KB).statusCode()).isEqualTo(200);
        assertThat(get(http, 15 * KB, 20 * KB).statusCode()).isEqualTo(431);
        assertThat(get(http, 100, 10).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(HttpClient http, int query, int cookie) throws IOException, InterruptedException {
        String comment = "%23" + "a".repeat(query);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.caller().url() + "/graphql?query=%7B__typename%7D" + comment))
                .header("Accept", "application/json")
                .header("X-Token", "a".repeat(cookie))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String withCookie(int size) throws IOException {
        int port = gateway.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (RawConnection connection = RawConnection.open(port)) {
            return connection
                    .send(RawConnection.post("{ __typename }", "Cookie: a=" + "b".repeat(size)))
                    .read();
        }
    }
}
