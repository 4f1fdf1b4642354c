package io.taggateway.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.ResponseError;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A client of one gateway over HTTP. */
public final class GatewayClient {

    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    private final String url;
    private final WebTestClient http;
    private final HttpGraphQlTester tester;

    private GatewayClient(String url, WebTestClient http) {
        this.url = url;
        this.http = http;
        this.tester =
                HttpGraphQlTester.create(http.mutate().baseUrl(url + "/graphql").build());
    }

    public static GatewayClient of(int port) {
        String url = "http://127.0.0.1:" + port;
        return new GatewayClient(
                url,
                WebTestClient.bindToServer()
                        .baseUrl(url)
                        .responseTimeout(Duration.ofSeconds(20))
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                        .build());
    }

    /** The base URL of the gateway, without a slash at the end. */
    public String url() {
        return url;
    }

    /** A client for plain requests, relative to the root of the server. */
    public WebTestClient http() {
        return http;
    }

    public GraphQlTester.Response execute(String document) {
        return tester.document(document).execute();
    }

    public GraphQlTester.Response execute(String document, Map<String, Object> variables) {
        GraphQlTester.Request<?> request = tester.document(document);
        variables.forEach(request::variable);
        return request.execute();
    }

    /** The texts at a path of a response without errors. */
    public List<String> texts(String document, String path) {
        return execute(document).path(path).entityList(String.class).get();
    }

    /** The errors of a response; at least one. */
    public List<ResponseError> errors(String document) {
        return errors(execute(document));
    }

    /** The errors of a response; at least one. */
    public static List<ResponseError> errors(GraphQlTester.Response response) {
        List<ResponseError> errors = new ArrayList<>();
        response.errors().satisfy(errors::addAll);
        if (errors.isEmpty()) {
            throw new AssertionError("There are no errors");
        }
        return errors;
    }
}
