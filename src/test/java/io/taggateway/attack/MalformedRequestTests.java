package io.taggateway.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests of malformed bodies, documents and frames: valid ones with a few changes. The profile "history" sends 10,000,
 * and other builds an eighth of them.
 */
@GatewayTest
@SlowTest
@ExtendWith(OutputCaptureExtension.class)
class MalformedRequestTests {

    private static final int PART = Integer.getInteger("attack.part", 8);
    private static final int BODIES = 4_000 / PART;
    private static final int DOCUMENTS = 4_000 / PART;
    private static final int SOCKETS = 2_000 / PART;
    private static final int AT_ONCE = 16;

    private static final List<String> VALID_DOCUMENTS = List.of(
            "query Tags($first: Int = 3) { tags(first: $first, filter: {slugs: [\"vip\"]}) { nodes { id ...T } } }"
                    + " fragment T on Tag { name color { hex } group { slug } }",
            "{ calls(first: 2, filter: {anyTag: [{name: \"VIP\"}], minDurationSeconds: 5}) @include(if: true)"
                    + " { nodes { id tags { name } contact { name } } sources { status } } }",
            "mutation { createTag(input: {name: \"New\", color: \"#112233\", dryRun: true}) { results { slug } } }",
            "subscription { subjectTagsChanged(subjectId: \"sipsim:call:100399\") { added { name } } }",
            "{ a: node(id: \"sipsim:tag:6\") { ... on Tag { name } } __schema { queryType { name } } }",
            "query($r: [_Any!]! = [{__typename: \"Tag\", id: \"sipsim:tag:6\"}])"
                    + " { _entities(representations: $r) { ... on Tag { name } } }");

    private static final List<String> VALID_BODIES = List.of(
            body(Map.of("query", VALID_DOCUMENTS.getFirst(), "variables", Map.of("first", 2), "operationName", "Tags")),
            body(Map.of("query", VALID_DOCUMENTS.get(1), "extensions", Map.of("a", List.of(1, true)))),
            body(Map.of("query", VALID_DOCUMENTS.get(2), "id", "1")),
            body(Map.of(
                    "extensions",
                    Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", "0".repeat(64))),
                    "variables",
                    Map.of("v", Map.of("w", List.of())))),
            "[" + body(Map.of("query", "{ __typename }")) + "]");

    private static final String INIT =
            "{\"type\":\"connection_init\",\"payload\":{\"X-API-Key\":\"k\",\"headers\":{\"Authorization\":\"Bearer"
                    + " a.b.c\",\"x\":[1,{\"y\":null}]}}}";

    private final TestGateway gateway;
    private final MeterRegistry meters;
    private final RunningOperationRegistry running;
    private final CapturedOutput output;

    MalformedRequestTests(
            TestGateway gateway,
            @Autowired MeterRegistry meters,
            @Autowired RunningOperationRegistry running,
            CapturedOutput output) {
        this.gateway = gateway;
        this.meters = meters;
        this.running = running;
        this.output = output;
    }

    private static String body(Map<String, ?> values) {
        return JsonMapper.shared().writeValueAsString(values);
    }

    @AfterEach
    void assertNothingIsLeft() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(running.count()).isZero();
            assertThat(meters.get("taggateway.streams").gauge().value()).isZero();
            assertThat(meters.get("taggateway.subscriptions").gauge().value()).isZero();
        });
        assertThat(gateway.texts("{ tagGroups(first: 1) { nodes { slug } } }", "tagGroups.nodes[*].slug"))
                .hasSize(1);
        assertThat(output.getAll()).doesNotContain("\tat ").doesNotContain(" ERROR ");
    }

    @Test
    void malformedBodyIsAnErrorOfTheCaller() {
        assertHarmless(corrupted(VALID_BODIES, BODIES, 1));
    }

    @Test
    void malformedDocumentIsAnErrorOfTheCaller() {
        assertHarmless(corrupted(VALID_DOCUMENTS, DOCUMENTS, 2).stream()
                .map(document -> body(Map.of("query", document)))
                .toList());
    }

    private void assertHarmless(List<String> bodies) {
        List<HttpResponse<String>> responses = new Attacker(gateway.url())
                .postBytes(
                        bodies.stream().map(body -> body.getBytes(ISO_8859_1)).toList());
        for (int i = 0; i < bodies.size(); i++) {
            assertThat(responses.get(i).statusCode())
                    .as(bodies.get(i))
                    .isBetween(200, 499)
                    .isNotEqualTo(429);
            Attacker.assertHarmless(bodies.get(i), responses.get(i).body());
        }
    }

    @Test
    void malformedMessageOrFrameClosesOnlyItsWebSocket() throws Exception {
        List<String> bytes = new ArrayList<>();
        Corruption corruption = new Corruption(3);
        for (int i = 0; i < SOCKETS; i++) {
            String subscribe = "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":"
                    + VALID_BODIES.get(i / 4 % VALID_BODIES.size()) + "}";
            bytes.add(
                    switch (i % 4) {
                        case 0 -> RawSocket.frame(corruption.corrupt(INIT));
                        case 1 -> RawSocket.frame(INIT) + RawSocket.frame(corruption.corrupt(subscribe));
                        default -> corruption.corrupt(RawSocket.frame(INIT) + RawSocket.frame(subscribe));
                    });
        }
        int port = URI.create(gateway.url()).getPort();
        List<Future<String>> responses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            bytes.forEach(each -> responses.add(threads.submit(() -> RawSocket.send(port, each))));
        }
        for (int i = 0; i < SOCKETS; i++) {
            assertThat(responses.get(i).get()).as(bytes.get(i)).startsWith("HTTP/1.1 101 ");
            Attacker.assertHarmless(bytes.get(i), responses.get(i).get());
        }
    }

    private static List<String> corrupted(List<String> valid, int count, long seed) {
        Corruption corruption = new Corruption(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> corruption.corrupt(valid.get(i % valid.size())))
                .toList();
    }
}
