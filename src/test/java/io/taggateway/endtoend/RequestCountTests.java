package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** Tests of the number of vendor requests of operations. */
@GatewayTest
@SlowTest
class RequestCountTests {

    private static final String CONTACTS = "GET /workspaces/5a4db0c0ffee5a4db0c0ffee/contacts";
    private static final String SEARCH = CONTACTS.replace("GET", "POST") + "/search";
    private static final String SWIPEONE_TAGS = "GET /workspaces/5a4db0c0ffee5a4db0c0ffee/tags";

    private final TestGateway gateway;

    RequestCountTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void oneRequestIsSentForFiftyCallsWithTags() {
        gateway.execute("{ calls(first: 50) { nodes { id tags { name color { hex } } } } }")
                .path("calls.nodes")
                .entityList(Map.class)
                .hasSize(50);
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /calls");
        assertThat(gateway.swipeone().requests()).isEmpty();
    }

    @Test
    void oneMoreRequestIsSentForDescriptionsOfTags() {
        gateway.execute("{ calls(first: 50) { nodes { id tags { name description raw color { hex } } } } }")
                .path("calls.nodes[1].tags[0].description")
                .entity(String.class)
                .isEqualTo("Invoices and payments");
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /calls", "GET /tags");
        assertThat(gateway.swipeone().requests()).isEmpty();
    }

    @Test
    void oneMoreRequestToEachVendorIsSentForGroupsOfTags() {
        gateway.execute("{ calls(first: 50) { nodes { tags { group { tags { name } drift { field } } } } } }")
                .path("calls.nodes[1].tags[0].group.tags[*].name")
                .entityList(String.class)
                .containsExactly("Billing", "Billing");
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /calls", "GET /tags");
        assertThat(TestGateway.requests(gateway.swipeone())).containsExactly(SWIPEONE_TAGS);
    }

    @Test
    void oneSearchIsSentForContactsOfFiftyCalls() {
        gateway.execute("{ calls(first: 50) { nodes { contact { name } } } }")
                .path("calls.nodes[0].contact.name")
                .entity(String.class)
                .isEqualTo("Alice Martin");
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /calls");
        assertThat(TestGateway.requests(gateway.swipeone())).containsExactly(SEARCH);
    }

    @Test
    void twoRequestsAreSentForContactsWithTags() {
        gateway.execute("{ contacts { nodes { tags { name } } } }")
                .path("contacts.nodes")
                .entityList(Map.class)
                .hasSize(50);
        assertThat(TestGateway.requests(gateway.swipeone())).containsExactlyInAnyOrder(CONTACTS, SWIPEONE_TAGS);
        assertThat(gateway.sipsim().requests()).isEmpty();
    }

    @Test
    void threeRequestsAreSentForContactsOfATagWithTags() {
        gateway.swipeone().options(gateway.swipeone().options().withQuirks(SwipeOneQuirk.LISTED_WITHOUT_ID));
        gateway.execute("{ tag(id: \"swipeone:tag:6682840d9286aa59ee000001\") {"
                        + " contacts(first: 20) { nodes { tags { name } } } } }")
                .path("tag.contacts.nodes")
                .entityList(Map.class)
                .hasSize(20);
        assertThat(TestGateway.requests(gateway.swipeone()))
                .containsExactly(SWIPEONE_TAGS, "GET /tags/6682840d9286aa59ee000001/contacts", SEARCH);
    }

    @Test
    void oneRequestToEachVendorIsSentForTagsAndNoneWhenCached() {
        String query = "{ tags { nodes { name } } tagGroups { nodes { name } } }";
        assertThat(gateway.texts(query, "tags.nodes[*].name")).hasSize(26);
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /tags");
        assertThat(TestGateway.requests(gateway.swipeone())).containsExactly(SWIPEONE_TAGS);
        gateway.clearRequests();
        assertThat(gateway.texts(query, "tags.nodes[*].name")).hasSize(26);
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void longTagListIsReadToItsEnd() {
        gateway.sipsim().options(gateway.sipsim().options().withTagPageLimit(5));
        assertThat(gateway.texts("{ tags(filter: {vendors: [SIPSIM]}) { nodes { id } } }", "tags.nodes[*].id"))
                .hasSize(14);
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /tags", "GET /tags", "GET /tags");
    }

    @Test
    void tagListFailsWhenAPageTokenRepeats() {
        gateway.sipsim()
                .options(gateway.sipsim().options().withTagPageLimit(5).withQuirks(SipsimQuirk.PAGE_TOKEN_REPEATED));
        String query =
                "{ tags(filter: {vendors: [SIPSIM]}) { nodes { id } sources { vendor error { code reason } } } }";
        GraphQlTester.Response response = gateway.execute(query);
        response.errors()
                .satisfy(errors -> assertThat(errors)
                        .extracting(
                                error -> String.valueOf(error.getExtensions().get("reason")))
                        .containsExactly("UPSTREAM_INVALID_RESPONSE"));
        response.path("tags.nodes[*].id").entityList(String.class).hasSize(10);
        response.path("tags.sources[?(@.vendor=='SIPSIM')].error.reason")
                .entityList(String.class)
                .containsExactly("UPSTREAM_INVALID_RESPONSE");
        assertThat(TestGateway.requests(gateway.sipsim())).hasSize(2);
    }

    @Test
    void fiftyConcurrentReadersShareOneRequestToEachVendor() {
        gateway.sipsim().fail(Fault.slow(Duration.ofMillis(500)));
        gateway.swipeone().fail(Fault.slow(Duration.ofMillis(500)));
        WebClient client = WebClient.create(gateway.url());
        List<String> answers = Flux.range(0, 50)
                .flatMap(
                        reader -> client.post()
                                .uri("/graphql")
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(Map.of("query", "{ tags { totalCount } }"))
                                .retrieve()
                                .bodyToMono(String.class),
                        50)
                .collectList()
                .block();
        assertThat(Objects.requireNonNull(answers))
                .hasSize(50)
                .containsOnly("{\"data\":{\"tags\":{\"totalCount\":26}}}");
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactly("GET /tags");
        assertThat(TestGateway.requests(gateway.swipeone())).containsExactly(SWIPEONE_TAGS);
    }

    @Test
    void sameGetIsSentOnceForTwoAliases() {
        gateway.execute("""
            { one: call(id: "sipsim:call:100400") { id }
              two: call(id: "sipsim:call:100400") { type }
              three: calls(first: 20, filter: {startedAfter: "2026-01-01T00:00:00Z"}) { nodes { id } }
              four: calls(first: 20, filter: {startedAfter: "2026-01-01T00:00:00Z"}) { nodes { type } } }\
            """).path("two.type").entity(String.class).isEqualTo("INBOUND");
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactlyInAnyOrder("GET /calls/100400", "GET /calls");
    }

    @Test
    void nextOperationSendsTheRequestAgain() {
        gateway.execute("{ call(id: \"sipsim:call:100400\") { id } }")
                .path("call.id")
                .hasValue();
        gateway.execute("{ call(id: \"sipsim:call:100400\") { id } }")
                .path("call.id")
                .hasValue();
        assertThat(gateway.sipsim().requests()).hasSize(2);
    }

    @Test
    void oldListIsReturnedAndReloadedInBackground() {
        String query = "{ tags { totalCount sources { status } } }";
        gateway.execute(query).path("tags.totalCount").entity(Integer.class).isEqualTo(26);
        gateway.clock().advance(Duration.ofMinutes(2));
        gateway.sipsim().fail(Fault.hang());
        gateway.execute(query)
                .path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("OK", "OK");
        // A reader that finds the list too old waits for the running load, which fails. So nothing runs after this
        // test.
        gateway.clock().advance(Duration.ofMinutes(10));
        gateway.execute(query)
                .path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("STALE", "OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calls(first: -1)",
                "calls(first: 1001)",
                "calls(first: -1)",
                "calls(after: \"garbage\")",
                "calls(after: \"\")",
                "calls(filter: {anyTag: [{id: \"nonsense\"}]})",
                "calls(filter: {allTags: [{id: \"sipsim:call:1\"}]})",
                "calls(filter: {startedAfter: \"2026-02-01T00:00:00Z\", startedBefore: \"2026-01-01T00:00:00Z\"})",
                "calls(filter: {minDurationSeconds: 2, maxDurationSeconds: 1})",
                "contacts(first: -1)",
                "contacts(last: 1001)",
                "contacts(first: 1, last: 1)",
                "contacts(first: 1, before: \"x\")",
                "contacts(last: 1, after: \"x\")",
                "contacts(after: \"garbage\")",
                "contacts(before: \"AQAAAA\")",
                "contacts(filter: {tag: {id: \"1\"}})",
                "tags(first: -1)",
                "tags(first: 2000000000)",
                "tags(first: 1, last: 1)",
                "tags(last: -1)",
                "tags(after: \"garbage\")",
                "tags(before: \"garbage\")",
                "tagGroups(first: 1001)",
                "tagGroups(after: \"garbage\")"
            })
    void badArgumentsAreRefusedBeforeAnyVendorRequest(String field) {
        assertRefused("{ bad: %s { totalCount } }".formatted(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tag(id: \"1\")",
                "tag(id: \"\")",
                "tag(id: \"sipsim:call:1\")",
                "tag(id: \"nosuchvendor:tag:1\")",
                "tag(id: \"sipsim:tag:\")",
                "tag(id: \"sipsim:tag:%zz\")",
                "call(id: \"sipsim:tag:1\")",
                "contact(id: \"swipeone:contact:..\")",
                "node(id: \"sipsim\")",
                "nodes(ids: [\"sipsim:tag:1\", \"x\"])"
            })
    void malformedIdsAreRefusedBeforeAnyVendorRequest(String field) {
        assertRefused("{ bad: " + field + " { __typename } }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tags(first: 1)     | tagGroups(after: \"%s\")",
                "tags(first: 1)     | calls(after: \"%s\")",
                "tags(first: 1)     | tags(orderBy: {field: VENDOR}, after: \"%s\")",
                "contacts(first: 1) | calls(after: \"%s\")",
                "contacts(first: 1) | contacts(filter: {search: \"a\"}, last: 1, before: \"%s\")",
                "calls(first: 1)    | contacts(after: \"%s\")",
                "calls(first: 1)    | calls(filter: {types: [MISSED]}, after: \"%s\")"
            })
    void cursorOfAnotherListIsRefusedBeforeAnyVendorRequest(String from, String to) {
        String cursor = gateway.execute("{ from: " + from + " { edges { cursor } } }")
                .path("from.edges[0].cursor")
                .entity(String.class)
                .get();
        gateway.clearCaches();
        assertRefused("{ bad: " + to.formatted(cursor) + " { totalCount } }");
    }

    private void assertRefused(String query) {
        assertThat(gateway.errors(query)).singleElement().satisfies(error -> {
            assertThat(error.getExtensions())
                    .containsEntry("code", "BAD_USER_INPUT")
                    .containsEntry("retryable", false)
                    .containsKey("errorId")
                    .doesNotContainKeys("service", "reason");
            assertThat(error.getPath()).isEqualTo("bad");
            assertThat(error.getMessage()).isNotBlank().doesNotContain("Exception");
        });
        assertThat(gateway.requestCount()).isZero();
    }
}
