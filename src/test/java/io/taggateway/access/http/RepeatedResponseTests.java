package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Tests of cached responses, and of their invalidation. */
@GatewayTest
class RepeatedResponseTests {

    private static final String TAGS = "{ tags { totalCount nodes { id name color { hex } } } }";
    private static final String CREATE =
            "mutation { createTag(input: {name: \"Repeated\", vendors: [SIPSIM]}) { userErrors { message } } }";

    private final TestGateway gateway;
    private final HttpCaller caller;
    private final MeterRegistry meters;

    RepeatedResponseTests(TestGateway gateway, @Autowired MeterRegistry meters) {
        this.gateway = gateway;
        this.caller = new HttpCaller(gateway.url());
        this.meters = meters;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TAGS,
                "{ tag(id: \"sipsim:tag:1\") { name description } }",
                "{ tagGroups { nodes { slug tags { id } } } }",
                "query A { tags { totalCount } } query B { calls { totalCount } }"
            })
    void repeatsResponseMadeOfTagLists(String query) {
        HttpResponse<String> first = post(query, "A");
        double hits = hits();
        HttpResponse<String> second = post(query, "A");
        assertThat(hits()).isEqualTo(hits + 1);
        assertThat(second.body()).isEqualTo(first.body()).contains("\"data\"").doesNotContain("\"errors\"");
        assertThat(second.headers().map().keySet())
                .containsExactlyInAnyOrderElementsOf(first.headers().map().keySet());
        assertThat(HttpCaller.header(second, "X-Request-Id")).isNotEqualTo(HttpCaller.header(first, "X-Request-Id"));
    }

    @Test
    void cachedResponseHasItsAgeUntilItsListsAreNotFresh() {
        caller.execute(TAGS);
        double hits = hits();
        gateway.clock().advance(Duration.ofSeconds(20));
        HttpResponse<String> later = caller.execute(TAGS);
        assertThat(Integer.parseInt(HttpCaller.header(later, "Age"))).isBetween(20, 28);
        assertThat(HttpCaller.header(later, "Cache-Control")).isEqualTo("max-age=30, private");
        assertThat(hits()).isEqualTo(hits + 1);
        gateway.clock().advance(Duration.ofSeconds(11));
        caller.execute(TAGS);
        assertThat(hits()).isEqualTo(hits + 1);
    }

    @Test
    void cachedResponseHasTheEntityTagOfTheFirst() {
        String tag = HttpCaller.header(caller.get(TAGS), "ETag");
        double hits = hits();
        HttpResponse<String> known =
                caller.get(Map.of("query", TAGS), "Accept", "application/json", "If-None-Match", tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(HttpCaller.header(known, "ETag")).isEqualTo(tag);
        assertThat(caller.get(TAGS).body()).contains("totalCount");
        assertThat(hits()).isEqualTo(hits + 2);
    }

    @Test
    void writeInvalidatesResponsesOfTheChangedList() {
        assertThat(caller.execute(TAGS).body()).doesNotContain("Repeated");
        assertThat(caller.execute(TAGS).body()).doesNotContain("Repeated");
        caller.execute(CREATE);
        assertThat(caller.execute(TAGS).body()).contains("Repeated");
        assertThat(caller.execute(TAGS).body()).contains("Repeated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ calls(first: 1) { nodes { id } } }",
                "{ tags { totalCount } contacts(first: 1) { nodes { id } } }",
                "{ tags(first: 1) { nodes { calls(first: 1) { nodes { id } } } } }",
                "{ tags { totalCount } vendors { circuit } }",
                "{ tag(id: \"nobody\") { id } tags { totalCount } }",
                "{ tags { nope } }",
                "{ __typename }",
                "mutation { deleteTag(input: {id: \"sipsim:tag:999\"}) { userErrors { message } } }"
            })
    void doesNotRepeatOtherResponses(String query) {
        caller.execute(query);
        double hits = hits();
        caller.execute(query);
        assertThat(hits()).isEqualTo(hits);
    }

    @Test
    void doesNotReturnCachedResponsesOfOldLists() {
        caller.execute(TAGS);
        gateway.clock().advance(Duration.ofMinutes(10));
        gateway.sipsim().fail(Fault.status(503));
        double hits = hits();
        assertThat(caller.execute(TAGS).body()).isEqualTo(caller.execute(TAGS).body());
        assertThat(hits()).isEqualTo(hits);
    }

    @Test
    void requestsOfDifferentFormDoNotShareCachedResponses() {
        String json = "application/json";
        byte[] one = body("{ a: tags { totalCount } }", "A");
        byte[] other = body("{ b: tags { totalCount } }", "A");
        send(one, json);
        double hits = hits();
        assertThat(send(other, json).body()).contains("\"b\"");
        HttpResponse<String> typed = send(one, "application/graphql-response+json");
        assertThat(HttpCaller.header(typed, "Content-Type")).isEqualTo("application/graphql-response+json");
        assertThat(caller.get("{ a: tags { totalCount } }").body()).contains("\"a\"");
        assertThat(hits()).isEqualTo(hits);
        assertThat(HttpCaller.header(send(one, json), "Content-Type")).isEqualTo(json);
        assertThat(hits()).isEqualTo(hits + 1);
    }

    @SlowTest
    @Test
    void executesEveryRequestIfCacheIsDisabled() {
        try (SandboxedGateway other = SandboxedGateway.start(Map.of("GATEWAY_RESPONSE_CACHE_ENABLED", "false"))) {
            HttpCaller there = new HttpCaller(other.url());
            assertThat(there.execute(TAGS).body()).isEqualTo(there.execute(TAGS).body());
            assertThat(hits(other.gateway().context().getBean(MeterRegistry.class)))
                    .isZero();
        }
    }

    private HttpResponse<String> post(String query, String operationName) {
        return send(body(query, query.contains("query A") ? operationName : ""), "application/json");
    }

    private HttpResponse<String> send(byte[] body, String accept) {
        return caller.send("POST", "", body, "Accept", accept, "Content-Type", "application/json");
    }

    private static byte[] body(String query, String operationName) {
        Map<String, String> request = query.contains("query A")
                ? Map.of("query", query, "operationName", operationName)
                : Map.of("query", query);
        return JsonMapper.shared().writeValueAsString(request).getBytes(StandardCharsets.UTF_8);
    }

    private double hits() {
        return hits(meters);
    }

    private static double hits(MeterRegistry meters) {
        return meters.get("taggateway.response.cache.requests")
                .tag("outcome", "hit")
                .counter()
                .count();
    }
}
