package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.EventStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Three gateways that are restarted one after another while callers use them through a load balancer. */
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class RollingRestartTests {

    private static final int CALLERS = 6;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String SUBJECT = "swipeone:contact:6682840d9286aa59ee001000";
    private static final List<String> DOCUMENTS = List.of(
            "{ tags(first: 100) { nodes { name } } }",
            "{ contact(id: \"" + SUBJECT + "\") { tags { name } } }",
            "mutation { addTags(input: {subjectId: \"" + SUBJECT
                    + "\", tags: [{name: \"VIP\"}]}) { result { status } userErrors { code } } }",
            "mutation { removeTags(input: {subjectId: \"sipsim:call:100400\", tags: [{name: \"Spam\"}]}) {"
                    + " result { status } userErrors { code } } }",
            "{ calls(first: 3) { nodes { id tags { name } } } }");

    private final ReplicaSet replicas =
            ReplicaSet.start(3, Map.of("GATEWAY_CLUSTER_TIMEOUT", "2s", "GATEWAY_SHUTDOWN_GRACE", "5s"));
    private final RoundRobinProxy proxy = RoundRobinProxy.start(replicas.replicas());
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterAll
    void close() {
        done.set(true);
        proxy.close();
        replicas.close();
    }

    @Test
    void noRequestFailsWhileReplicasAreRestartedOneAfterAnother() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, CALLERS).forEach(i -> callers.execute(() -> call(i)));
            try {
                replicas.replicas().forEach(this::restart);
            } finally {
                done.set(true);
            }
        }
        assertThat(failed).isEmpty();
        assertThat(answered).hasValueGreaterThan(100);
    }

    private void restart(GatewayProcess replica) {
        EventStream stream = EventStream.open(replica.url(), "subscription { tagChanged { kind } }");
        await().ignoreExceptions()
                .until(() -> replica.text("/actuator/prometheus").contains("\ntaggateway_subscriptions 1.0"));
        replica.stop();
        await().atMost(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> replica.status("/readyz") == 503);
        assertThat(replica.status("/livez")).isEqualTo(200);
        await().until(stream::isEnded);
        assertThat(replica.exitStatus()).isEqualTo(143);
        stream.close();
        long before = answered.get();
        await().atMost(LIMIT).until(() -> answered.get() > before + CALLERS);
        replica.restart();
        replica.ready();
        await().atMost(LIMIT).until(() -> proxy.isReady(replica));
    }

    private void call(int caller) {
        for (int i = caller; !done.get(); i++) {
            String document = DOCUMENTS.get(i % DOCUMENTS.size());
            HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.url() + "/graphql"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", document))))
                    .build();
            Instant sent = Instant.now();
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() != 200 || response.body().contains("\"errors\"")) {
                    failed.add(sent + " to " + Instant.now() + ' '
                            + response.headers().firstValue(RoundRobinProxy.GATEWAY) + ' ' + document + ": "
                            + response.statusCode() + ' ' + response.body());
                }
            } catch (Exception e) {
                failed.add(sent + " to " + Instant.now() + ' ' + document + ": " + e);
            }
            answered.incrementAndGet();
        }
    }
}
