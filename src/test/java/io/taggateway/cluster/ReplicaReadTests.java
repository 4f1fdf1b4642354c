package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Reads at replicas of what another one wrote. */
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class ReplicaReadTests {

    private static final String TOKEN = "X-Consistency-Token";
    private static final String TAGS = "{ tags(first: 100) { nodes { name } } }";
    private static final Duration PROMISED = Duration.ofMillis(250);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ReplicaSet replicas = ReplicaSet.start(3, Map.of("GATEWAY_TAGS_FRESH_FOR", "4m"));

    @AfterAll
    void close() {
        replicas.close();
    }

    @Test
    void callerWithTokenReadsItsWriteAtEveryReplicaAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            readEverywhere();
            String name = "Own " + round;
            String token = create(name).headers().firstValue(TOKEN).orElseThrow();
            for (int replica = 0; replica < 3; replica++) {
                assertThat(post(replica, TAGS, token).body()).contains(name);
            }
        }
    }

    @Test
    void otherCallersReadAWriteAtEveryReplicaInTime() throws Exception {
        for (int round = 0; round < 5; round++) {
            readEverywhere();
            String name = "Other " + round;
            create(name);
            for (int replica = 0; replica < 3; replica++) {
                int at = replica;
                await().pollInterval(Duration.ofMillis(20))
                        .atMost(PROMISED.multipliedBy(4))
                        .until(() -> post(at, TAGS, "").body().contains(name));
            }
        }
    }

    @Test
    void tokenIsReturnedByMutationsThatWroteOnly() throws Exception {
        assertThat(post(0, TAGS, "").headers().firstValue(TOKEN)).isEmpty();
        assertThat(post(0, "mutation { createTag(input: {name: \"Plan\", dryRun: true}) { results { status } } }", "")
                        .headers()
                        .firstValue(TOKEN))
                .isEmpty();
        assertThat(create("Written").headers().firstValue(TOKEN)).isPresent();
    }

    @Test
    void textIsIgnoredWhenItIsNoToken() throws Exception {
        for (String token : new String[] {"x", "zzzzzzzzzzzz", "u", "{}", "9".repeat(2000)}) {
            assertThat(post(1, TAGS, token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void inventedTokensSendNoRequestsToVendors() throws Exception {
        create("Before invented tokens");
        await().until(() -> {
            long before = replicas.records().reads();
            readEverywhere();
            return replicas.records().reads() == before;
        });
        String now = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        long before = replicas.records().reads();
        for (int i = 0; i < 50; i++) {
            String signature = i % 2 == 0 ? "" : "." + "A".repeat(22);
            String invented = i % 5 == 0 ? "zzzzzzzzzz" + i % 10 : "u-" + now + '-' + i;
            assertThat(post(i % 3, TAGS, invented + signature).statusCode()).isEqualTo(200);
        }
        assertThat(replicas.records().reads()).isEqualTo(before);
    }

    private void readEverywhere() throws Exception {
        for (int replica = 0; replica < 3; replica++) {
            post(replica, TAGS, "");
        }
    }

    private HttpResponse<String> create(String name) throws Exception {
        return post(0, "mutation { createTag(input: {name: \"" + name + "\"}) { results { status } } }", "");
    }

    private HttpResponse<String> post(int replica, String document, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(replicas.url(replica) + "/graphql"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", document))));
        if (!token.isEmpty()) {
            request.header(TOKEN, token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
