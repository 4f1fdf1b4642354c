package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.RawConnection;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that every response has the headers that prevent MIME sniffing, framing and referrers. */
@GatewayTest
class SecurityHeaderTests {

    private final TestGateway gateway;

    SecurityHeaderTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /graphql?query=%7Btags%7BtotalCount%7D%7D, 200",
        "GET, /graphql, 400",
        "DELETE, /graphql, 405",
        "OPTIONS, /graphql, 204",
        "GET, /graphql/schema, 200",
        "GET, /graphql/%73chema, 400",
        "GET, /nothing, 404",
        "GET, /livez, 200",
        "GET, /actuator/health, 200",
        "POST, /webhooks/sipsim, 404",
        "GET, /, 200",
    })
    void everyResponseHasSecurityHeaders(String method, String target, int status) throws IOException {
        String head =
                ask(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, */*\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 " + status + " ");
        assertHeaders(head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void everyResponseToAnOperationHasTheHeaders(String accepted) throws IOException {
        String head = ask(RawConnection.post("{ tags { totalCount } }", "Accept: " + accepted));
        assertThat(head).startsWith("HTTP/1.1 200 ").contains("content-security-policy: default-src 'none'; frame");
        assertHeaders(head);
    }

    @Test
    void webSocketHandshakesHaveSecurityHeaders() throws IOException {
        String head = ask("""
            GET /graphql HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: graphql-transport-ws

            """.replace("\n", "\r\n"));
        assertThat(head).startsWith("HTTP/1.1 101 ");
        assertHeaders(head);
    }

    @Test
    void graphiqlKeepsItsOwnPolicy() throws IOException {
        String head = ask("GET /graphiql HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(head).contains("content-security-policy: default-src 'none'; script-src 'self'");
        assertHeaders(head);
    }

    @ParameterizedTest
    @CsvSource({
        "/graphql, https://evil.example", "/graphql, null", "/graphql/schema, https://evil.example",
        "/actuator/health, https://evil.example", "/livez, https://evil.example", "/graphiql, https://evil.example"
    })
    void noOriginIsAllowedUnlessItIsNamed(String path, String origin) throws IOException {
        for (String request : List.of(
                "OPTIONS " + path + " HTTP/1.1\r\nAccess-Control-Request-Method: POST\r\n"
                        + "Access-Control-Request-Headers: content-type,x-api-key\r\n",
                "GET " + path + " HTTP/1.1\r\n")) {
            assertThat(ask(request + "Host: localhost\r\nOrigin: " + origin + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 ")
                    .doesNotContain("access-control-allow");
        }
    }

    private static void assertHeaders(String head) {
        for (String line : List.of(
                "x-content-type-options: nosniff",
                "x-frame-options: deny",
                "referrer-policy: no-referrer",
                "frame-ancestors 'none'")) {
            assertThat(head).containsOnlyOnce(line);
        }
        assertThat(head).doesNotContain("strict-transport-security");
    }

    /** The head of the response, in lower case except for the first line. */
    private String ask(String request) throws IOException {
        try (RawConnection connection =
                RawConnection.open(URI.create(gateway.url()).getPort())) {
            String response = connection.send(request).read();
            int line = response.indexOf('\n');
            int end = response.indexOf("\r\n\r\n");
            return response.substring(0, line) + response.substring(line, end).toLowerCase(Locale.ROOT);
        }
    }
}
