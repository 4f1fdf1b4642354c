package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the check that refuses GET requests which a form, an image or a link of another site can send. */
@GatewayTest
class CrossSiteRequestTests {

    private static final Map<String, String> TAGS = Map.of("query", "{ tags { totalCount } }");

    private final TestGateway gateway;
    private final HttpCaller caller;

    CrossSiteRequestTests(TestGateway gateway) {
        this.gateway = gateway;
        this.caller = new HttpCaller(gateway.url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: application/json",
                "Accept: application/graphql-response+json",
                "Accept: text/html;q=0.2, application/json;q=0.1",
                "Content-Type: application/json",
                "Content-Type: application/json; charset=utf-8",
                "GraphQL-Require-Preflight: 1",
                "Apollo-Require-Preflight: true",
                "X-Apollo-Operation-Name: Tags",
                "Sec-Fetch-Mode: cors",
                "Sec-Fetch-Mode: cors|Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Mode: same-origin|Sec-Fetch-Site: same-origin"
            })
    void deliberateRequestIsExecuted(String headers) {
        assertThat(send(headers).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*",
                "Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8|Sec-Fetch-Mode: no-cors"
                        + "|Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: image",
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|Sec-Fetch-Mode: navigate"
                        + "|Sec-Fetch-Site: cross-site",
                "Accept: application/*",
                "Accept: */*|Sec-Fetch-Mode: cors|Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: image",
                "Accept: */*|Sec-Fetch-Mode: cors|Sec-Fetch-Site: same-site|Sec-Fetch-Dest: script",
                "Accept: text/event-stream|Sec-Fetch-Mode: cors|Sec-Fetch-Site: cross-site",
                "Accept: text/event-stream",
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: nonsense",
                "GraphQL-Require-Preflight: ",
                "Origin: https://evil.example"
            })
    void requestThatAnotherSiteCanSendIsRefused(String headers) {
        HttpResponse<String> response = send(headers);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.refusal(response)).contains("`GraphQL-Require-Preflight: 1`");
        assertThat(gateway.requestCount()).isZero();
    }

    private HttpResponse<String> send(String headers) {
        return caller.get(TAGS, headers.split(": |\\|", -1));
    }
}
