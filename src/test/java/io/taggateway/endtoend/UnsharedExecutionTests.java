package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.SlowTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tests of equal queries that are in progress at the same time while shared executions are disabled. */
@SlowTest
class UnsharedExecutionTests {

    private static final int CALLERS = 3;

    @Test
    void eachEqualQueryIsExecutedWhenSharingIsDisabled() {
        CountDownLatch exit = new CountDownLatch(1);
        try (InterceptedGateway vendors = new InterceptedGateway(Map.of(
                        "GATEWAY_SHARED_FLIGHTS_ENABLED", "false",
                        "GATEWAY_REQUEST_TIMEOUT", "60s",
                        "SIPSIM_RESPONSE_TIMEOUT", "60s"));
                HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < CALLERS; i++) {
                vendors.sipsim().after("GET", "/calls", () -> await().until(() -> exit.getCount() == 0));
            }
            HttpRequest query = HttpRequest.newBuilder(
                            URI.create(vendors.gateway().url() + "/graphql"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"query\": \"{ calls(first: 1) { nodes { id } } }\"}"))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 1; i <= CALLERS; i++) {
                int expected = i;
                responses.add(http.sendAsync(query, BodyHandlers.ofString()));
                await().until(() -> listings(vendors) == expected);
            }
            exit.countDown();
            assertThat(responses)
                    .allSatisfy(response -> assertThat(response.join().body()).contains("sipsim:call:"));
        }
    }

    private static long listings(InterceptedGateway vendors) {
        return vendors.gateway().sandbox().sipsim().requests().stream()
                .filter(request -> request.path().endsWith("/calls"))
                .count();
    }
}
