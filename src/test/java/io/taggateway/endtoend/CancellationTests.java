package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SandboxInitializer;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** Tests of cancelled requests: callers that disconnect, deadlines, a stopped gateway, and endless vendor responses. */
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class CancellationTests {

    private static final String CALLS = "{ calls(first: 1) { nodes { id } } }";
    private static final String TAGS = "{ tags { totalCount } }";

    private static final List<String> LEFT = List.of(
            "mutation { createTag(input: {name: \"Left\"}) { results { tag { id } } } }",
            "mutation { addTags(input: {subjectId: \"sipsim:call:100400\", tags: [{name: \"VIP\"}]}) { userErrors {"
                    + " code } } }",
            "mutation { addTags(input: {subjectId: \"swipeone:contact:6682840d9286aa59ee001001\", tags: [{name:"
                    + " \"Trial\"}]}) { userErrors { code } } }",
            "mutation { setTags(input: {subjectId: \"sipsim:call:100399\", tags: [{name: \"VIP\"}]}) { userErrors {"
                    + " code } } }",
            "mutation { syncTags(input: {tags: [{name: \"Another\"}]}) { userErrors { code } } }",
            "{ tags { totalCount } calls(first: 2) { nodes { tags { name } } } contacts(first: 2) { nodes { id } } }");

    /** Much shorter than a vendor's time limit in these tests, which would end a request too. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Sandbox sandbox = Sandbox.start();
    private final Map<String, String> properties = new HashMap<>(SandboxInitializer.properties(sandbox));

    CancellationTests() {
        properties.put("SIPSIM_RESPONSE_TIMEOUT", "60s");
        properties.put("SWIPEONE_RESPONSE_TIMEOUT", "60s");
        properties.put("GATEWAY_REQUEST_TIMEOUT", "60s");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void vendorRequestsAreCancelledWhenCallerDisconnects() {
        try (RunningGateway gateway = RunningGateway.start(properties)) {
            double free = availableCalls(gateway);
            Counter cancelled = gateway.context()
                    .getBean(MeterRegistry.class)
                    .get("taggateway.cancelled")
                    .counter();
            sandbox.sipsim().fail(Fault.hang());
            Disposable caller = post(gateway, CALLS).subscribe();
            await().atMost(SOON).until(() -> !sandbox.sipsim().requests().isEmpty());
            assertThat(availableCalls(gateway)).isEqualTo(free - 1);
            assertThat(cancelled.count()).isZero();
            caller.dispose();
            await().atMost(SOON).until(() -> availableCalls(gateway) == free);
            assertThat(cancelled.count()).isOne();
        }
    }

    @Test
    void sharedLoadContinuesWhenOneCallerDisconnects() {
        try (RunningGateway gateway = RunningGateway.start(properties)) {
            sandbox.sipsim().fail(Fault.slow(Duration.ofSeconds(1)));
            Disposable first = post(gateway, TAGS).subscribe();
            CompletableFuture<@Nullable String> second = post(gateway, TAGS).toFuture();
            await().atMost(SOON).until(() -> !sandbox.sipsim().requests().isEmpty());
            first.dispose();
            assertThat(second).succeedsWithin(SOON).isEqualTo("{\"data\":{\"tags\":{\"totalCount\":26}}}");
            assertThat(sandbox.sipsim().requests()).hasSize(1);
        }
    }

    @Test
    void otherPartsAreReturnedWhenAVendorRespondsAfterItsDeadline() {
        properties.put("GATEWAY_REQUEST_TIMEOUT", "2s");
        sandbox.swipeone().fail(Fault.hang());
        try (RunningGateway gateway = RunningGateway.start(properties)) {
            // The first operation of a gateway takes longer, and its failure is ignored
            gateway.caller().execute("{ calls(first: 1) { nodes { tags { id } } } }");
            gateway.caller()
                    .execute("{ tags { totalCount nodes { id } } }")
                    .errors()
                    .satisfy(errors -> assertThat(errors)
                            .singleElement()
                            .satisfies(error -> assertThat(error.getExtensions())
                                    .containsEntry("code", "GATEWAY_TIMEOUT")
                                    .containsEntry("service", "SWIPEONE")))
                    .path("tags.totalCount")
                    .valueIsNull()
                    .path("tags.nodes[*].id")
                    .entityList(String.class)
                    .hasSize(14);
        }
    }

    @Test
    void runningRequestIsCompletedWhenGatewayStops() {
        sandbox.sipsim().fail(Fault.slow(Duration.ofMillis(1_500)));
        properties.put(RunningGateway.QUIET_PERIOD.getKey(), RunningGateway.QUIET_PERIOD.getValue());
        RunningGateway gateway = RunningGateway.start(properties);
        CompletableFuture<@Nullable String> result = post(gateway, TAGS).toFuture();
        await().atMost(SOON).until(() -> !sandbox.sipsim().requests().isEmpty());
        long start = System.nanoTime();
        gateway.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(result).succeedsWithin(SOON).isEqualTo("{\"data\":{\"tags\":{\"totalCount\":26}}}");
    }

    @Test
    void gatewayStopsInTimeWhenAVendorHangs() {
        sandbox.sipsim().fail(Fault.hang());
        properties.put("GATEWAY_REQUEST_TIMEOUT", "1s");
        properties.put(RunningGateway.QUIET_PERIOD.getKey(), RunningGateway.QUIET_PERIOD.getValue());
        RunningGateway gateway = RunningGateway.start(properties);
        Disposable caller = post(gateway, CALLS).onErrorComplete().subscribe();
        await().atMost(SOON).until(() -> !sandbox.sipsim().requests().isEmpty());
        long start = System.nanoTime();
        gateway.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        caller.dispose();
    }

    @Test
    void disconnectOfCallersIsNotLoggedAsError(CapturedOutput log) {
        properties.put(RunningGateway.QUIET_PERIOD.getKey(), "200ms");
        int begin;
        properties.put("logging.level.reactor.core.publisher.Operators", "error");
        try (RunningGateway gateway = RunningGateway.start(properties)) {
            // Retries of a gateway that was stopped before are logged until here
            begin = log.getAll().length();
            RunningOperationRegistry running = gateway.context().getBean(RunningOperationRegistry.class);
            for (int millis = 0; millis <= 500; millis += 100) {
                Duration patience = Duration.ofMillis(60 + millis);
                sandbox.vendors().forEach(vendor -> vendor.fail(Fault.slow(Duration.ofMillis(150))));
                StepVerifier.create(Flux.fromIterable(LEFT)
                                .flatMap(document ->
                                        postWithNetty(gateway, document).timeout(patience, Mono.empty()))
                                .then())
                        .verifyComplete();
                await().atMost(SOON).until(() -> running.count() == 0);
            }
        }
        assertThat(log.getAll().substring(begin))
                .doesNotContain(" ERROR ", "\tat ", "INTERNAL_SERVER_ERROR")
                .contains("outcome=cancelled");
    }

    @Test
    void vendorResponseIsCutOffWhenEndless() {
        AtomicBoolean ended = new AtomicBoolean();
        DisposableServer endless = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.header("Content-Type", "application/json")
                        .sendString(Flux.<String>generate(sink -> sink.next("[".repeat(8_192)))
                                .doFinally(signal -> ended.set(true))))
                .bindNow();
        properties.put("SIPSIM_BASE_URL", "http://127.0.0.1:" + endless.port());
        try (RunningGateway gateway = RunningGateway.start(properties)) {
            assertThat(gateway.caller().errors(CALLS))
                    .singleElement()
                    .satisfies(error ->
                            assertThat(error.getExtensions()).containsEntry("reason", "UPSTREAM_INVALID_RESPONSE"));
            await().atMost(SOON).untilTrue(ended);
        } finally {
            endless.disposeNow();
        }
    }

    @Test
    void onlyTheTraceOfTheCallerIsSentToVendors(CapturedOutput log) {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        sandbox.swipeone().fail(Fault.status(500, "{\"secret\": \"do-not-tell-this\"}"));
        try (RunningGateway gateway = RunningGateway.start(properties)) {
            gateway.caller()
                    .http()
                    .post()
                    .uri("/graphql")
                    .header("Content-Type", "application/json")
                    .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                    .header("baggage", "who=caller")
                    .header("Authorization", "Bearer of-the-caller")
                    .header("Cookie", "of-the-caller=1")
                    .header("X-Request-Id", "this-request")
                    .header("User-Agent", "of-the-caller")
                    .bodyValue(Map.of(
                            "query",
                            "{ calls(first: 1) { nodes { id } } tags { totalCount } contacts(first: 1) { nodes"
                                    + " { id } } }"))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody();
        }
        assertThat(sandbox.sipsim().requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.header("traceparent")).contains(trace);
            assertThat(request.headers().toString()).doesNotContain("of-the-caller", "who=caller", "this-request");
        });
        assertThat(log.getOut().lines().filter(line -> line.contains("vendor=SWIPEONE operation=listContacts")))
                .singleElement()
                .asString()
                .contains("vendor=SWIPEONE operation=listContacts outcome=SERVER_ERROR durationMs=", " errorId=")
                .doesNotContain("http:", "?", "do-not-tell-this", properties.get("SWIPEONE_API_KEY"));
        assertThat(log.getAll())
                .doesNotContain("do-not-tell-this", "of-the-caller", properties.get("SWIPEONE_API_KEY"));
    }

    private static double availableCalls(RunningGateway gateway) {
        return gateway.context()
                .getBean(MeterRegistry.class)
                .get("resilience4j.bulkhead.available.concurrent.calls")
                .tag("name", "sipsim")
                .gauge()
                .value();
    }

    /** By a client that logs nothing when it is cancelled, as WebClient does. */
    private static Mono<String> postWithNetty(RunningGateway gateway, String query) {
        return HttpClient.create()
                .headers(headers -> headers.set("Content-Type", "application/json"))
                .post()
                .uri(gateway.caller().url() + "/graphql")
                .send(ByteBufFlux.fromString(Mono.just(JsonMapper.shared().writeValueAsString(Map.of("query", query)))))
                .responseContent()
                .aggregate()
                .asString();
    }

    private static Mono<String> post(RunningGateway gateway, String query) {
        return WebClient.create(gateway.caller().url())
                .post()
                .uri("/graphql")
                .bodyValue(Map.of("query", query))
                .retrieve()
                .bodyToMono(String.class);
    }
}
