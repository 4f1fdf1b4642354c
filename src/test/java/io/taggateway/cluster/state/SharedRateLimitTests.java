package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.cluster.ClusterTest;
import io.taggateway.cluster.ReplicaSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three gateways that share the limits of their callers. The last test kills Redis. */
@ClusterTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedRateLimitTests {

    private static final int LIMIT = 300;
    private static final int REQUESTS = 1_000;
    private static final List<String> CALLERS = List.of("executed", "repeated", "alone", "afterwards");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ReplicaSet replicas;

    @BeforeAll
    static void start() {
        Map<String, String> variables = new HashMap<>(Map.of(
                // Machines that run tests pause for longer than the default
                "GATEWAY_CLUSTER_TIMEOUT", "2s",
                "GATEWAY_SECURITY_MODE", "api-key",
                "GATEWAY_LIMITS_CALLER_REQUESTS_PER_MINUTE", String.valueOf(LIMIT)));
        for (String name : CALLERS) {
            variables.put("gateway.security.api-keys." + name + ".sha256", ApiKeyDigest.of("the-key-of-" + name));
            variables.put("gateway.security.api-keys." + name + ".scopes", "tags.read");
        }
        replicas = ReplicaSet.start(3, variables);
    }

    @AfterAll
    static void close() {
        replicas.close();
    }

    /** Equal queries are not executed again, unlike those that differ. */
    @ParameterizedTest
    @ValueSource(strings = {"executed", "repeated"})
    @Order(1)
    void requestsAtOnceOverAllReplicasPassAtOneLimit(String caller) {
        long begin = System.nanoTime();
        List<HttpResponse<String>> responses =
                IntStream.range(0, REQUESTS)
                        .mapToObj(i -> send(i, caller, caller.equals("repeated") ? 0 : i))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(responses).allSatisfy(response -> {
            assertThat(response.statusCode()).isIn(200, 429);
            assertThat(response.headers().firstValue("RateLimit-Policy").orElseThrow())
                    .startsWith("\"requests\";q=300;w=60");
        });
        assertThat(passed(responses)).isBetween((long) LIMIT, most(begin));
    }

    @Test
    @Order(2)
    void callerOfOneReplicaHasNearlyTheWholeLimit() {
        long begin = System.nanoTime();
        List<HttpResponse<String>> responses =
                IntStream.range(0, LIMIT + 100).mapToObj(i -> send(0, "alone", i)).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(passed(responses)).isBetween((long) LIMIT, most(begin));
    }

    @Test
    @Order(3)
    void eachReplicaAllowsItsShareWhileRedisIsNotAvailable() {
        replicas.redis().kill();
        await().until(() ->
                replicas.replicas().stream().allMatch(replica -> replica.log().contains("Redis is not available")));
        long begin = System.nanoTime();
        List<HttpResponse<String>> responses =
                IntStream.range(0, REQUESTS).mapToObj(i -> send(i, "afterwards", i)).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(passed(responses)).isBetween((long) LIMIT, most(begin));
    }

    /** A tenth more than the limit, and what was refilled meanwhile. */
    private static long most(long begin) {
        return LIMIT
                + LIMIT / 10
                + LIMIT * Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 60;
    }

    private static long passed(List<HttpResponse<String>> responses) {
        return responses.stream()
                .filter(response -> response.statusCode() == 200)
                .count();
    }

    private static CompletableFuture<HttpResponse<String>> send(int replica, String caller, int number) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(replicas.url(replica) + "/graphql"))
                .header("X-API-Key", "the-key-of-" + caller)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"query\":\"{ a%d: __typename vendors { vendor } }\"}".formatted(number)))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString());
    }
}
