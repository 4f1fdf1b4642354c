package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.ResponseError;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests of longer outages of vendors, with retries, circuits and cool-downs. */
@SlowTest
class VendorOutageTests {

    private static final String TAGS =
            "{ tags { totalCount nodes { id } sources { status fetchedAt error { reason retryAfterSeconds } } } }";
    private static final String CONTACTS = "{ contacts(first: 1) { nodes { id } } }";
    private static final String CALLS = "{ calls(first: 1) { nodes { id } sources { status } } }";
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Duration OLD = Duration.ofMinutes(6);

    private final SandboxedGateway started = SandboxedGateway.start(Map.of(
            "SIPSIM_CIRCUIT_ENABLED", "true",
            "SWIPEONE_CIRCUIT_ENABLED", "true",
            "SWIPEONE_RESPONSE_TIMEOUT", LIMIT.toMillis() + "ms"));
    private final SettableClock clock = started.clock();
    private final Sandbox sandbox = started.sandbox();
    private final RunningGateway gateway = started.gateway();

    @AfterEach
    void close() {
        started.close();
    }

    @Test
    void requestsTakeTheTimeLimitUntilTheCircuitOpensWhenAVendorHangs() {
        warmUp();
        sandbox.swipeone().fail(Fault.hang());
        clock.advance(Duration.ofHours(2));
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            assertThat(sipsimsPart("UPSTREAM_UNAVAILABLE")).isEqualTo(14);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(LIMIT.dividedBy(2), LIMIT.multipliedBy(4));
        }
        sandbox.swipeone().clearRequests();
        assertThat(sipsimsPart("CIRCUIT_OPEN")).isEqualTo(14);
        assertThat(sandbox.swipeone().requests()).isEmpty();
        assertCondition("DOWN", "OPEN");
        assertThat(read("/actuator/health/vendors")).contains("\"circuit\":\"OPEN\"", "\"status\":\"DOWN\"");
        assertThat(read("/readyz")).isEqualTo("{\"status\":\"UP\"}");
        assertThat(read("/actuator/prometheus"))
                .containsPattern(
                        "resilience4j_circuitbreaker_state\\{[^}]*name=\"swipeone\"[^}]*state=\"open\"[^}]*} 1")
                .containsPattern(
                        "taggateway_source_fetch_seconds_count\\{[^}]*outcome=\"timeout\"[^}]*vendor=\"swipeone\"")
                .containsPattern("resilience4j_bulkhead_available_concurrent_calls\\{[^}]*name=\"sipsim\"")
                .containsPattern("cache_gets_total\\{[^}]*cache=\"tags.sipsim\"");
        sandbox.swipeone().removeFaults();
        clock.advance(Duration.ofSeconds(6));
        for (int i = 0; i < 3; i++) {
            gateway.caller().execute(CONTACTS).path("contacts.nodes[0].id").hasValue();
        }
        assertCondition("UP", "CLOSED");
    }

    @Test
    void cachedTagsAreReturnedWhenBothVendorsAreDown() {
        warmUp();
        Instant warm = Instant.now();
        sandbox.sipsim().fail(Fault.status(500));
        sandbox.swipeone().fail(Fault.hang());
        clock.advance(OLD);
        GraphQlTester.Response response = gateway.caller().execute(TAGS);
        response.path("tags.totalCount").entity(Integer.class).isEqualTo(26);
        response.path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("STALE", "STALE");
        response.path("tags.sources[?(@.status != 'SKIPPED')].fetchedAt")
                .entityList(Instant.class)
                .satisfies(dates -> assertThat(dates).allMatch(date -> date.isBefore(warm)));
        clock.advance(Duration.ofHours(1));
        response = gateway.caller().execute(TAGS);
        assertThat(GatewayClient.errors(response)).hasSize(2);
        response.path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("FAILED", "FAILED");
    }

    @Test
    void noRequestIsSentDuringTheCoolDown() {
        Duration wait = Duration.ofSeconds(30);
        warmUp();
        assertNoRequestIsSentDuringTheCoolDown(Fault.tooManyRequests().retryAfter(wait));
        assertNoRequestIsSentDuringTheCoolDown(Fault.status(503).retryAfter(wait));
        assertNoRequestIsSentDuringTheCoolDown(
                Fault.status(503).retryAfter(clock.instant().plus(OLD).plus(wait)));
    }

    private void assertNoRequestIsSentDuringTheCoolDown(Fault wish) {
        sandbox.swipeone().fail(wish.times(1));
        clock.advance(OLD);
        sandbox.swipeone().clearRequests();
        for (int i = 0; i < 3; i++) {
            GraphQlTester.Response response = gateway.caller().execute(TAGS);
            response.path("tags.totalCount").entity(Integer.class).isEqualTo(26);
            response.path("tags.sources[1].status").entity(String.class).isEqualTo("STALE");
            response.path("tags.sources[1].error.reason").entity(String.class).isEqualTo("UPSTREAM_RATE_LIMITED");
        }
        ResponseError error = gateway.caller().errors(CONTACTS).getFirst();
        assertThat(error.getExtensions()).containsEntry("reason", "UPSTREAM_RATE_LIMITED");
        assertThat((Integer) error.getExtensions().get("retryAfterSeconds")).isBetween(5, 31);
        assertThat(sandbox.swipeone().requests()).hasSize(1);
        gateway.caller()
                .execute("{ vendors { coolDownUntil } }")
                .path("vendors[1].coolDownUntil")
                .entity(Instant.class)
                .satisfies(until -> assertThat(until)
                        .isBetween(
                                clock.instant().plusSeconds(5), clock.instant().plusSeconds(31)));
        assertThat(read("/actuator/health/vendors")).contains("coolDownUntil");
        clock.advance(Duration.ofSeconds(31));
        gateway.caller().execute(CONTACTS).path("contacts.nodes[0].id").hasValue();
        gateway.caller()
                .execute("{ vendors { coolDownUntil } }")
                .path("vendors[1].coolDownUntil")
                .valueIsNull();
    }

    @Test
    void onlyReadsAreRepeatedWhenAVendorIsUnreachable() {
        for (Fault fault : List.of(Fault.html(502), Fault.status(503), Fault.html(504), Fault.cutOff())) {
            earnRetries();
            sandbox.sipsim().fail(fault.times(2));
            assertThat(gateway.caller().texts(CALLS, "calls.sources[?(@.status != 'SKIPPED')].status"))
                    .as("%s", fault)
                    .containsExactly("OK");
            assertThat(sandbox.sipsim().requests()).hasSize(3);
        }
        earnRetries();
        sandbox.sipsim().fail(Fault.status(500).times(1));
        assertThat(gateway.caller().errors(CALLS)).hasSize(1);
        assertThat(sandbox.sipsim().requests()).hasSize(1);
        earnRetries();
        sandbox.sipsim().fail(Fault.html(502).on("POST", ""));
        gateway.caller().execute("""
            mutation { createTag(input: {name: "Never twice", vendors: [SIPSIM]}) {
                results { vendor status } } }\
            """).errors().satisfy(errors -> {});
        assertThat(TestGateway.requests(sandbox.sipsim()))
                .filteredOn("POST /tags"::equals)
                .hasSize(1);
    }

    @Test
    void returnsInvalidResponseWhenTooLargeOrTooDeep() {
        List<String> bodies = List.of(
                "{\"data\": \"" + "x".repeat(10 * 1024 * 1024) + "\"}",
                "{\"data\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        for (String body : bodies) {
            sandbox.sipsim().fail(Fault.status(200, body).times(1));
            ResponseError error = gateway.caller().errors(CALLS).getFirst();
            assertThat(error.getExtensions()).containsEntry("reason", "UPSTREAM_INVALID_RESPONSE");
        }
        assertThat(gateway.caller().texts(CALLS, "calls.sources[?(@.status != 'SKIPPED')].status"))
                .containsExactly("OK");
    }

    private void warmUp() {
        gateway.caller()
                .execute(TAGS)
                .path("tags.totalCount")
                .entity(Integer.class)
                .isEqualTo(26);
    }

    private int sipsimsPart(String reason) {
        GraphQlTester.Response response = gateway.caller().execute(TAGS);
        assertThat(GatewayClient.errors(response))
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions())
                        .containsEntry("service", "SWIPEONE")
                        .containsEntry("reason", reason));
        response.path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("OK", "FAILED");
        return response.path("tags.nodes[*].id").entityList(String.class).get().size();
    }

    private void assertCondition(String status, String circuit) {
        GraphQlTester.Response response = gateway.caller().execute("{ vendors { status circuit } }");
        response.path("vendors[1].status").entity(String.class).isEqualTo(status);
        response.path("vendors[1].circuit").entity(String.class).isEqualTo(circuit);
    }

    /** Ten successful requests allow two retries. */
    private void earnRetries() {
        SandboxVendor<?> sipsim = sandbox.sipsim();
        sipsim.removeFaults();
        for (int i = 0; i < 10; i++) {
            gateway.caller().execute(CALLS).path("calls.nodes[0].id").hasValue();
        }
        sipsim.clearRequests();
    }

    private String read(String path) {
        return Objects.requireNonNull(gateway.caller()
                .http()
                .get()
                .uri(path)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
