package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the status for methods, media types and bodies. */
@GatewayTest
class HttpStatusTests {

    private static final String QUERY = "{\"query\": \"{ vendors { vendor } }\"}";
    private static final String ANSWER = Stream.of(Vendor.values())
            .map("{\"vendor\":\"%s\"}"::formatted)
            .collect(Collectors.joining(",", "{\"data\":{\"vendors\":[", "]}}"));
    private static final String JSON = "application/json";
    private static final String GRAPHQL = "application/graphql-response+json";

    private final TestGateway gateway;
    private final HttpCaller caller;

    HttpStatusTests(TestGateway gateway) {
        this.gateway = gateway;
        this.caller = new HttpCaller(gateway.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void otherMethodsAreNotAllowed(String method) {
        HttpResponse<String> response =
                caller.send(method, "", QUERY.getBytes(StandardCharsets.UTF_8), "Content-Type", JSON);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(HttpCaller.header(response, "Allow").split(","))
                .containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
        assertThat(HttpCaller.refusal(response)).isNotEmpty();
    }

    @Test
    void optionsReturnsTheMethods() {
        HttpResponse<String> response = caller.send("OPTIONS", "", new byte[0]);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(HttpCaller.header(response, "Allow").split(","))
                .containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
    }

    @Test
    void corsHeadersAreAbsentByDefault() {
        HttpResponse<String> response = caller.send(
                "OPTIONS", "", new byte[0], "Origin", "https://evil.example", "Access-Control-Request-Method", "POST");
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                                                  | application/json",
                "application/*                                                        | application/json",
                "application/json                                                     | application/json",
                "application/json;charset=utf-8                                       | application/json",
                "text/html, application/xml;q=0.9, */*;q=0.8                          | application/json",
                "application/graphql-response+json                                    |"
                        + " application/graphql-response+json",
                "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8"
                        + " | application/graphql-response+json",
                "application/graphql-response+json,application/json;q=0.9             |"
                        + " application/graphql-response+json",
                "application/json, application/graphql-response+json                  |"
                        + " application/graphql-response+json",
                "application/json;q=0.5, application/graphql-response+json;q=0.4      | application/json",
                "application/json;q=0, */*                                            |"
                        + " application/graphql-response+json",
                "application/graphql-response+json, text/event-stream                 |"
                        + " application/graphql-response+json"
            })
    void responseHasTheMostPreferredType(String accepted, String type) {
        HttpResponse<String> response = caller.post(QUERY, "Accept", accepted, "Content-Type", JSON);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(HttpCaller.header(response, "Content-Type")).isEqualTo(type);
        assertThat(response.body()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/png, image/*",
                "application/xml;q=0.9",
                "application/json;q=0",
                "*/*;q=0",
                "multipart/mixed",
                "nonsense",
                "a/b/c"
            })
    void notAcceptableIsReturnedForAnUnsupportedType(String accepted) {
        HttpResponse<String> post = caller.post(QUERY, "Accept", accepted, "Content-Type", JSON);
        assertThat(post.statusCode()).isEqualTo(406);
        assertThat(HttpCaller.header(post, "Content-Type")).isEqualTo(JSON);
        assertThat(HttpCaller.refusal(post)).contains(JSON, GRAPHQL);
        HttpResponse<String> get = caller.send("GET", "?query=%7B__typename%7D", new byte[0], "Accept", accepted);
        assertThat(get.statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/graphql",
                "application/xml",
                "application/json; charset=klingon",
                "nonsense"
            })
    void returnsUnsupportedMediaTypeForOtherContentTypes(String type) {
        HttpResponse<String> response = caller.post(QUERY, "Content-Type", type);
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(HttpCaller.refusal(response)).contains(JSON);
    }

    @Test
    void returnsUnsupportedMediaTypeWithoutContentType() {
        assertThat(caller.post(QUERY).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;CHARSET=\"UTF-8\""})
    void jsonBodyIsAccepted(String type) {
        assertThat(caller.post(QUERY, "Content-Type", type).body()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, UTF-8", "UTF-16BE, UTF-16", "UTF-16LE, UTF-16"})
    void byteOrderMarkIsIgnored(String charset, String named) {
        byte[] body = ("\uFEFF" + QUERY).getBytes(Charset.forName(charset));
        HttpResponse<String> response =
                caller.send("POST", "", body, "Content-Type", "application/json; charset=" + named);
        assertThat(response.body()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense                                                   | The body must be a JSON object with a"
                        + " 'query'.",
                "{                                                          | The body must be a JSON object with a"
                        + " 'query'.",
                "{} {}                                                      | The body must be a JSON object with a"
                        + " 'query'.",
                "null                                                       | The body must be a JSON object with a"
                        + " 'query'.",
                "\"{ __typename }\"                                         | The body must be a JSON object with a"
                        + " 'query'.",
                "7                                                          | The body must be a JSON object with a"
                        + " 'query'.",
                "[]                                                         | Several operations in one request are not"
                        + " supported: send one object.",
                "[{\"query\": \"{ __typename }\"}]                          | Several operations in one request are not"
                        + " supported: send one object.",
                "{}                                                         | 'query' is missing.",
                "{\"query\": null}                                          | 'query' is missing.",
                "{\"extensions\": null}                                     | 'query' is missing.",
                "{\"extensions\": {\"persistedQuery\": \"ab\"}}             | 'query' is missing.",
                "{\"query\": 7}                                             | 'query' must be a string.",
                "{\"query\": true}                                          | 'query' must be a string.",
                "{\"query\": [\"{ __typename }\"]}                          | 'query' must be a string.",
                "{\"query\": {}}                                            | 'query' must be a string.",
                "{\"query\": \"{ __typename }\", \"operationName\": 1.5}    | 'operationName' must be a string.",
                "{\"query\": \"{ __typename }\", \"operationName\": []}     | 'operationName' must be a string.",
                "{\"query\": \"{ __typename }\", \"variables\": \"{}\"}     | 'variables' must be an object.",
                "{\"query\": \"{ __typename }\", \"variables\": [1]}        | 'variables' must be an object.",
                "{\"query\": \"{ __typename }\", \"extensions\": 7}         | 'extensions' must be an object.",
                "{\"query\": \"{ __typename }\", \"extensions\": false}     | 'extensions' must be an object."
            })
    void badRequestIsReturnedForABodyWithoutARequest(String body, String message) {
        for (String accepted : new String[] {JSON, GRAPHQL}) {
            HttpResponse<String> response = caller.post(body, "Accept", accepted, "Content-Type", JSON);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(HttpCaller.header(response, "Content-Type")).isEqualTo(accepted);
            assertThat(HttpCaller.refusal(response).replace('`', '\'')).isEqualTo(message);
        }
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void returnsBadRequestWhenBodyIsEmpty() {
        HttpResponse<String> response = caller.send("POST", "", new byte[0], "Content-Type", JSON);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.refusal(response)).isEqualTo("The body is empty.");
    }

    @Test
    void returnsBadRequestWhenJsonIsNestedTooDeeply() {
        String deep = "{\"query\": \"{ __typename }\", \"variables\": {\"a\": " + "[".repeat(10_000)
                + "]".repeat(10_000) + "}}";
        HttpResponse<String> response = caller.post(deep, "Content-Type", JSON);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.refusal(response)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e999999999", "99999999999999999999", "2147483648", "1.5"})
    void numberThatIsTooLargeIsAnErrorOfItsVariable(String number) {
        String body = "{\"query\": \"query($n: Int) { tags(first: $n) { totalCount } }\", \"variables\": {\"n\": "
                + number + "}}";
        HttpResponse<String> response = caller.post(body, "Accept", GRAPHQL, "Content-Type", JSON);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpCaller.json(response).at("/errors/0/extensions/code").asString())
                .isEqualTo("BAD_USER_INPUT");
    }

    @Test
    void returnsBadRequestWhenNumberHasTooManyDigits() {
        String body = "{\"query\": \"{ __typename }\", \"variables\": {\"n\": " + "9".repeat(100_000) + "}}";
        assertThat(caller.post(body, "Content-Type", JSON).statusCode()).isEqualTo(400);
    }

    @Test
    void postWithUpgradeHeadersIsHandledAsPost() throws IOException {
        URI address = URI.create(gateway.url());
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        String request = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n"
                + "Upgrade: websocket\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\n\r\n{}";
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            StringBuilder response = new StringBuilder();
            while (!response.toString().endsWith("}]}")) {
                int next = socket.getInputStream().read();
                assertThat(next).as("%s", response).isNotEqualTo(-1);
                response.append((char) next);
            }
            assertThat(response.toString()).startsWith("HTTP/1.1 400").contains("`query` is missing.");
        }
    }
}
