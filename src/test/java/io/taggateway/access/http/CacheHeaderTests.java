package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the cache headers of responses by the vendors' data in them. */
@GatewayTest
class CacheHeaderTests {

    private static final String TAGS = "{ tags { totalCount nodes { id } sources { status } } }";
    private static final String SIPSIM_TAGS = "{ tags(filter: {vendors: [SIPSIM]}) { totalCount } }";
    private static final String ASK_EACH_TIME = "no-cache, private";
    private static final String FRESH = "max-age=30, private";
    private static final String NEVER = "no-store";

    private final TestGateway gateway;
    private final HttpCaller caller;

    CacheHeaderTests(TestGateway gateway) {
        this.gateway = gateway;
        this.caller = new HttpCaller(gateway.url());
    }

    @Test
    void responseIsCacheableAsLongAsItsTagListsAreFresh() {
        HttpResponse<String> first = caller.get(TAGS);
        assertThat(cacheControl(first)).isEqualTo(FRESH);
        assertThat(age(first)).isLessThan(5);
        gateway.clock().advance(Duration.ofSeconds(12));
        HttpResponse<String> later = caller.get(TAGS);
        assertThat(cacheControl(later)).isEqualTo(FRESH);
        assertThat(age(later)).isBetween(12L, 20L);
    }

    @Test
    void maxAgeIsExceededWhileListIsReloadedInBackground() {
        caller.get(TAGS);
        gateway.clock().advance(Duration.ofMinutes(4));
        HttpResponse<String> response = caller.get(TAGS);
        assertThat(cacheControl(response)).isEqualTo(FRESH);
        assertThat(age(response)).isGreaterThanOrEqualTo(240);
        await().until(() -> age(caller.get(TAGS)) < 240);
    }

    @Test
    void ageIsThatOfTheOldestList() {
        caller.get(SIPSIM_TAGS);
        gateway.clock().advance(Duration.ofSeconds(20));
        assertThat(age(caller.get("{ tags(filter: {vendors: [SWIPEONE]}) { totalCount } }")))
                .isLessThan(10);
        assertThat(age(caller.get(TAGS))).isBetween(20L, 28L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ calls(first: 1) { nodes { id } } }",
                "{ tags { totalCount } calls(first: 1) { nodes { tags { name } } } }",
                "{ call(id: \"sipsim:call:nobody\") { id } tags { totalCount } }",
                "{ contacts(first: 1) { nodes { id } } }",
                "{ tags(first: 2) { nodes { calls(first: 1) { nodes { id } } } } }",
                "{ tagGroup(slug: \"vip\") { tags { contacts(first: 1) { nodes { id } } } } }",
                "{ vendors { circuit } tags { totalCount } }",
                "{ tags { totalCount } vendors { status } }",
                "{ a: calls(first: 1) { totalCount } b: calls(first: 1) { totalCount } tagGroups { totalCount } }"
            })
    void callsContactsAndVendorsAreNotCacheable(String query) {
        assertThat(cacheControl(caller.get(query))).isEqualTo(ASK_EACH_TIME);
        HttpResponse<String> again = caller.get(query);
        assertThat(cacheControl(again)).isEqualTo(ASK_EACH_TIME);
        assertThat(HttpCaller.header(again, "ETag")).startsWith("W/\"");
    }

    @SlowTest
    @Test
    void onlyResponsesOfTagListsArePublicWhenConfigured() {
        try (SandboxedGateway other = SandboxedGateway.start(Map.of("GATEWAY_RESPONSE_PUBLIC_TAGS", "true"))) {
            HttpCaller there = new HttpCaller(other.url());
            assertThat(cacheControl(there.get(TAGS))).isEqualTo("max-age=30, public");
            // It needs another scope than the tags themselves
            assertThat(cacheControl(there.get("{ tags(first: 1) { nodes { raw } } }")))
                    .isEqualTo("max-age=30, private");
            for (String query : List.of(
                    "{ calls(first: 1) { nodes { id } } }",
                    "{ contacts(first: 1) { nodes { id } } }",
                    "{ tags { totalCount } vendors { circuit } }",
                    "{ tags(first: 1) { nodes { calls(first: 1) { nodes { id } } } } }",
                    "{ call(id: \"sipsim:call:nobody\") { id } tags { totalCount } }",
                    "{ __typename }")) {
                assertThat(cacheControl(there.get(query))).as(query).isEqualTo(ASK_EACH_TIME);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ __typename }",
                "{ vendors { vendor status tagList { count } } }",
                "{ __schema { queryType { name } } }"
            })
    void responseWithoutVendorDataIsNotCacheable(String query) {
        caller.get(TAGS);
        HttpResponse<String> response = caller.get(query);
        assertThat(cacheControl(response)).isEqualTo(ASK_EACH_TIME);
        assertThat(HttpCaller.header(response, "Age")).isEmpty();
    }

    @Test
    void staleListIsNotCacheable() {
        caller.get(TAGS);
        gateway.sipsim().fail(Fault.status(500));
        gateway.clock().advance(Duration.ofMinutes(6));
        HttpResponse<String> response = caller.get(TAGS);
        assertThat(response.body()).contains("STALE").doesNotContain("errors");
        assertThat(cacheControl(response)).isEqualTo(ASK_EACH_TIME);
        assertThat(age(response)).isGreaterThanOrEqualTo(360);
    }

    @Test
    void responseIsNotCacheableWhenItHasErrors() {
        gateway.sipsim().fail(Fault.status(500));
        HttpResponse<String> partial = caller.get(TAGS);
        assertThat(partial.body()).contains("\"errors\"", "\"data\"");
        for (HttpResponse<String> response : List.of(partial, caller.get("{ nope }"), caller.get("{"))) {
            assertThat(cacheControl(response)).isEqualTo(NEVER);
            assertThat(HttpCaller.header(response, "ETag")).isEmpty();
            assertThat(HttpCaller.header(response, "Age")).isEmpty();
        }
    }

    @Test
    void responseIsNotCacheableWhenMutationChangesNothing() {
        HttpResponse<String> response = caller.execute(
                "mutation { createTag(input: {name: \"VIP\", ifExists: REUSE, dryRun: true}) { results { status } } }");
        assertThat(response.body()).contains("results").doesNotContain("errors");
        assertThat(cacheControl(response)).isEqualTo(NEVER);
        assertThat(HttpCaller.header(response, "Age")).isEmpty();
    }

    @Test
    void postResponseHasMaxAgeAndNoETag() {
        HttpResponse<String> response = caller.execute(TAGS);
        assertThat(cacheControl(response)).isEqualTo(FRESH);
        assertThat(age(response)).isLessThan(5);
        assertThat(HttpCaller.header(response, "ETag")).isEmpty();
        assertThat(cacheControl(caller.execute("{ calls(first: 1) { nodes { id } } }")))
                .isEqualTo(ASK_EACH_TIME);
    }

    @Test
    void varyNamesTheHeadersThatTheResponseDependsOn() {
        String large = HttpCaller.query(Map.of("query", "{ tags { nodes { id name raw } } }"));
        for (String encoding : List.of("identity", "gzip")) {
            HttpResponse<String> response =
                    caller.send("GET", large, new byte[0], "Accept", "application/json", "Accept-Encoding", encoding);
            assertThat(HttpCaller.header(response, "Content-Encoding"))
                    .isEqualTo(encoding.equals("gzip") ? "gzip" : "");
            assertThat(HttpCaller.header(response, "Vary")
                            .toLowerCase(Locale.ROOT)
                            .split(", ?"))
                    .containsExactlyInAnyOrder("accept", "authorization", "x-api-key", "accept-encoding");
        }
    }

    @SlowTest
    @Test
    void varyNamesOriginWhenCorsIsConfigured() {
        try (RunningGateway other =
                RunningGateway.start(Map.of("spring.graphql.cors.allowed-origins", "https://app.example"))) {
            HttpResponse<String> response = new HttpCaller(other.caller().url())
                    .get(
                            Map.of("query", "{ __typename }"),
                            "Accept",
                            "application/json",
                            "Origin",
                            "https://app.example");
            assertThat(HttpCaller.header(response, "Access-Control-Allow-Origin"))
                    .isEqualTo("https://app.example");
            assertThat(HttpCaller.header(response, "Access-Control-Expose-Headers"))
                    .contains("X-Request-Id", "X-Consistency-Token", "Retry-After", "RateLimit");
            assertThat(HttpCaller.header(response, "Vary").split(", ?"))
                    .contains("Origin", "Accept", "Authorization", "X-API-Key", "Accept-Encoding");
        }
    }

    @Test
    void entityTagStaysTheSameUntilResponseChanges() {
        String tag = HttpCaller.header(caller.get(TAGS), "ETag");
        assertThat(tag).matches("W/\"[0-9a-f]{32}\"");
        gateway.clock().advance(Duration.ofMinutes(10));
        assertThat(HttpCaller.header(caller.get(TAGS), "ETag")).isEqualTo(tag);
        assertThat(HttpCaller.header(caller.get(SIPSIM_TAGS), "ETag")).isNotEqualTo(tag);
        caller.execute("mutation { deleteTag(input: {id: \"sipsim:tag:1\"}) { deletedTagId } }");
        assertThat(HttpCaller.header(caller.get(TAGS), "ETag")).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\"other\", %s", "%s , W/\"other\"", "*", "\"with, comma\",%s"})
    void notModifiedIsReturnedWhenETagMatches(String condition) {
        HttpResponse<String> whole = caller.get(TAGS);
        String tag = HttpCaller.header(whole, "ETag");
        for (String known : List.of(tag, tag.substring(2))) {
            HttpResponse<String> response = ifNoneMatch(condition.replace("%s", known));
            assertThat(response.statusCode()).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(HttpCaller.header(response, "ETag")).isEqualTo(tag);
            assertThat(cacheControl(response)).isEqualTo(FRESH);
            assertThat(HttpCaller.header(response, "Age")).isNotEmpty();
            assertThat(HttpCaller.header(response, "Vary")).isEqualTo(HttpCaller.header(whole, "Vary"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/\"other\", \"\"", "nonsense", "\"", ",", "W/"})
    void responseIsSentWhenNoETagMatches(String condition) {
        HttpResponse<String> response = ifNoneMatch(condition);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(HttpCaller.json(response).at("/data/tags/totalCount").asInt())
                .isEqualTo(26);
    }

    @Test
    void conditionIsIgnoredForErrorsAndForPost() {
        HttpResponse<String> failed =
                caller.get(Map.of("query", "{ nope }"), "Accept", "application/json", "If-None-Match", "*");
        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(failed.body()).contains("GRAPHQL_VALIDATION_FAILED");
        HttpResponse<String> posted = caller.post(
                "{\"query\": \"{ __typename }\"}", "Content-Type", "application/json", "If-None-Match", "*");
        assertThat(posted.statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> ifNoneMatch(String condition) {
        return caller.get(Map.of("query", TAGS), "Accept", "application/json", "If-None-Match", condition);
    }

    private static String cacheControl(HttpResponse<String> response) {
        return HttpCaller.header(response, "Cache-Control");
    }

    private static long age(HttpResponse<String> response) {
        return Long.parseLong(HttpCaller.header(response, "Age"));
    }
}
