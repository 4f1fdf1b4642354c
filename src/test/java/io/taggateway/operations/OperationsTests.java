package io.taggateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of health, compression and the endpoints for operators. */
@GatewayTest
class OperationsTests {

    private final TestGateway gateway;

    OperationsTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/livez",
                "/readyz",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/health"
            })
    void healthIsUpWithoutDetails(String path) {
        gateway.sipsim().fail(Fault.status(500));
        gateway.swipeone().fail(Fault.status(500));
        gateway.http()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components")
                .doesNotExist()
                .jsonPath("$.details")
                .doesNotExist();
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/loggers", "/actuator/info"})
    void otherEndpointsAreNotFound(String path) {
        gateway.http().get().uri(path).exchange().expectStatus().isNotFound().expectBody();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /graphiql/graphiql.min.js, text/javascript",
        "GET, /graphiql/graphiql.min.css, text/css",
        "POST, /graphql, application/json",
        "POST, /graphql, application/graphql-response+json"
    })
    void longResponsesAreCompressedWhenTheCallerAcceptsIt(String method, String path, String accepted)
            throws IOException, InterruptedException {
        String query = "{\"query\": \"{ tags { nodes { id name raw } } }\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Accept", accepted)
                .header("Accept-Encoding", "gzip")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(query))
                .build();
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith(accepted);
    }

    @Test
    void responseIsPlainTextWhenClientAcceptsNothingElse() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/graphiql/graphiql.min.js"))
                .build();
        HttpResponse<Void> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    }
}
