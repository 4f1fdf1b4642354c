package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.ClusterTest;
import io.taggateway.cluster.ReplicaSet;
import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.support.JsonClient;
import io.taggateway.support.TestGateway;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Three gateways with one Redis. The first test needs gateways that have no token. */
@ClusterTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedStateTests {

    private static final String CALLS = "{ calls(first: 1) { nodes { id } } }";

    /** The document {@code {__typename}}. */
    private static final String PERSISTED = "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":"
            + "\"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38\"}}";

    private static ReplicaSet replicas;

    @BeforeAll
    static void start() {
        replicas = ReplicaSet.start(
                3,
                Map.of(
                        // Machines that run tests pause for longer than the default
                        "GATEWAY_CLUSTER_TIMEOUT",
                        "2s",
                        "SIPSIM_ACCESS_TOKEN",
                        "",
                        "SIPSIM_CLIENT_ID",
                        SipsimOptions.CLIENT_ID,
                        "SIPSIM_CLIENT_SECRET",
                        SipsimOptions.CLIENT_SECRET));
    }

    @AfterAll
    static void close() {
        replicas.close();
    }

    @Test
    @Order(1)
    void oneTokenIsRequestedForAllReplicas() {
        List<JsonNode> answers =
                replicas.replicas().stream()
                        .map(replica -> JsonClient.executeAsync(replica.url(), CALLS))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(answers)
                .allSatisfy(
                        response -> assertThat(response.at("/data/calls/nodes")).isNotEmpty());
        assertThat(replicas.sandbox().sipsim().requests())
                .filteredOn(request -> request.path().endsWith("/oauth/token"))
                .hasSize(1);
    }

    @Test
    @Order(2)
    void documentOfOneReplicaIsFoundByAllOthers() throws Exception {
        assertThat(get(replicas.url(1), "")).contains("PERSISTED_QUERY_NOT_FOUND");
        assertThat(get(replicas.url(0), "query=" + encoded("{__typename}") + "&"))
                .contains("\"Query\"");
        assertThat(get(replicas.url(1), "")).contains("\"Query\"");
        assertThat(get(replicas.url(2), "")).contains("\"Query\"");
    }

    @Test
    @Order(3)
    void coolDownOfOneReplicaStopsTheRequestsOfAllOthers() {
        replicas.sandbox().sipsim().fail(Fault.tooManyRequests().retryAfter(Duration.ofSeconds(30)));
        assertThat(reason(replicas.url(0))).isEqualTo("UPSTREAM_RATE_LIMITED");
        replicas.sandbox().sipsim().removeFaults();
        await().untilAsserted(() -> assertThat(replicas.replicas())
                .allMatch(replica -> reason(replica.url()).equals("UPSTREAM_RATE_LIMITED")));

        replicas.sandbox().sipsim().clearRequests();
        assertThat(replicas.replicas())
                .allMatch(replica -> reason(replica.url()).equals("UPSTREAM_RATE_LIMITED"));
        assertThat(TestGateway.requests(replicas.sandbox().sipsim())).isEmpty();
    }

    private static String reason(String url) {
        return JsonClient.execute(url, CALLS).at("/errors/0/extensions/reason").asString();
    }

    private static String get(String url, String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/graphql?" + query + "extensions=" + encoded(PERSISTED)))
                .header("Accept", "application/json")
                .header("X-Requested-With", "test")
                .header("Apollo-Require-Preflight", "true")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
