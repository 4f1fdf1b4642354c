package io.taggateway.cluster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.ClusterTest;
import io.taggateway.cluster.ReplicaSet;
import io.taggateway.support.EventStream;
import io.taggateway.support.JsonClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three gateways with one Redis, and a subscriber of each. */
@ClusterTest
class SharedEventTests {

    private static final String SECRET = "whsec-of-a-test";
    private static final String TAGS = "subscription { tagChanged { kind tag { name } } }";
    private static final String SUBJECTS =
            "subscription { subjectTagsChanged { subjectId tags { name } subject { id } } }";

    private static ReplicaSet replicas;

    /** Tag lists are read each second, so that another replica than the writing one may detect the change, too. */
    @BeforeAll
    static void start() {
        replicas = ReplicaSet.start(
                3,
                Map.of(
                        "GATEWAY_CLUSTER_TIMEOUT", "2s",
                        "GATEWAY_SUBSCRIPTIONS_POLL_INTERVAL", "1s",
                        "SIPSIM_WEBHOOK_SECRET", SECRET));
    }

    @AfterAll
    static void close() {
        replicas.close();
    }

    @Test
    void everySubscriberReceivesAChangeOfATagOnce() {
        List<EventStream> streams = open(TAGS);
        List.of("One", "Two", "Three").forEach(name -> {
            assertThat(JsonClient.execute(
                                    replicas.url(name.length()),
                                    "mutation { createTag(input: {name: \"" + name
                                            + "\", vendors: [SIPSIM]}) { userErrors { message } } }")
                            .at("/data/createTag/userErrors"))
                    .isEmpty();
            replicas.sandbox().sipsim().clearRequests();
            await().until(() -> replicas.sandbox().sipsim().requests().stream()
                            .filter(request -> request.path().endsWith("/tags"))
                            .count()
                    > 2);
        });
        await().untilAsserted(() -> assertThat(streams)
                .allSatisfy(stream ->
                        assertThat(texts(stream, "/data/tagChanged/tag/name")).containsExactly("One", "Two", "Three")));
        streams.forEach(EventStream::close);
    }

    @Test
    void everySubscriberReceivesADeliveryToOneReplicaOnce() throws Exception {
        List<EventStream> streams = open(SUBJECTS);
        assertThat(deliver(0, "call_1")).isEqualTo(204);
        assertThat(deliver(1, "call_1")).isEqualTo(204);
        assertThat(deliver(2, "call_2")).isEqualTo(204);
        await().untilAsserted(() -> assertThat(streams)
                .allSatisfy(stream -> assertThat(texts(stream, "/data/subjectTagsChanged/subjectId"))
                        .containsExactlyInAnyOrder("sipsim:call:call_1", "sipsim:call:call_2")));
        assertThat(streams)
                .allSatisfy(stream -> assertThat(texts(stream, "/data/subjectTagsChanged/tags/0/name"))
                        .containsOnly("VIP"));
        streams.forEach(EventStream::close);
    }

    /** A stream of each replica, which are subscribed. */
    private static List<EventStream> open(String subscription) {
        List<EventStream> streams = replicas.replicas().stream()
                .map(replica -> EventStream.open(replica.url(), subscription))
                .toList();
        await().until(() -> replicas.replicas().stream()
                .allMatch(replica -> replica.text("/actuator/prometheus").contains("\ntaggateway_subscriptions 1.0")));
        return streams;
    }

    private static List<String> texts(EventStream stream, String path) {
        return stream.events().stream().map(event -> event.at(path).asString()).toList();
    }

    private static int deliver(int replica, String call) throws Exception {
        String body = "{\"event\":\"tags\",\"caller\":\"+33612345678\",\"time\":\"2026-01-15T10:36:00Z\",\"pbx_id\":\""
                + call + "\",\"tags\":[\"VIP\"]}";
        String now = Long.toString(Instant.now().getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal((now + "." + body).getBytes(StandardCharsets.UTF_8)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(replicas.url(replica) + "/webhooks/sipsim"))
                .header("X-Webhook-Timestamp", now)
                .header("X-Webhook-Signature", signature)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
