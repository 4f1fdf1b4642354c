package io.taggateway.api.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.ResponseError;
import org.springframework.graphql.test.tester.GraphQlTester;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the entities that a router requests, and of the vendor requests for them. */
@GatewayTest
class EntitiesTests {

    private static final String CONTACT = "swipeone:contact:6682840d9286aa59ee001000";
    private static final String ASK = """
        query($references: [_Any!]!) {
          _entities(representations: $references) {
            __typename
            ... on Tag { id }
            ... on Call { id }
            ... on Contact { id }
            ... on TagGroup { slug }
          }
        }\
        """;

    private final TestGateway gateway;

    EntitiesTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Tag      | "id": "sipsim:tag:1"                                           | "id": "sipsim:tag:1"
        Tag      | "vendor": "SIPSIM", "remoteId": "1"                            | "id": "sipsim:tag:1"
        Call     | "id": "sipsim:call:100400"                                     | "id": "sipsim:call:100400"
        Call     | "vendor": "SIPSIM", "remoteId": "100400"                       | "id": "sipsim:call:100400"
        Contact  | "id": "swipeone:contact:6682840d9286aa59ee001000"              | "id": "swipeone:contact:6682840d9286aa59ee001000"
        Contact  | "vendor": "SWIPEONE", "remoteId": "6682840d9286aa59ee001000"   | "id": "swipeone:contact:6682840d9286aa59ee001000"
        TagGroup | "slug": "hot-lead"                                             | "slug": "hot-lead"
        """)
    void entityIsFoundByEachOfItsKeys(String type, String key, String found) {
        String name = "\"__typename\": \"" + type + "\", ";
        execute(reference("{" + name + key + "}")).path("_entities").matchesJsonStrictly("[{" + name + found + "}]");
    }

    @Test
    void entitiesHaveTheOrderOfTheReferencesWithNullForUnknownOnes() {
        execute(
                        group("vip"),
                        node("Tag", "sipsim:tag:999"),
                        node("Call", "sipsim:call:100400"),
                        node("Contact", "swipeone:contact:6682840d9286aa59ee999999"),
                        group("nobody-has-this"),
                        node("Tag", "swipeone:tag:6682840d9286aa59ee000001"),
                        node("Call", "swipeone:call:1"),
                        node("Call", "sipsim:call:100400"))
                .path("_entities")
                .matchesJsonStrictly("""
                    [{"__typename": "TagGroup", "slug": "vip"},
                     null,
                     {"__typename": "Call", "id": "sipsim:call:100400"},
                     null,
                     null,
                     {"__typename": "Tag", "id": "swipeone:tag:6682840d9286aa59ee000001"},
                     null,
                     {"__typename": "Call", "id": "sipsim:call:100400"}]\
                    """);
    }

    @Test
    void noVendorRequestIsSentWithoutReferences() {
        execute().path("_entities").matchesJsonStrictly("[]");
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__typename\": \"Tag\"}",
                "{\"__typename\": \"Tag\", \"id\": 1}",
                "{\"__typename\": \"Tag\", \"id\": \"1\"}",
                "{\"__typename\": \"Tag\", \"id\": \"sipsim:call:100400\"}",
                "{\"__typename\": \"Tag\", \"vendor\": \"SIPSIM\"}",
                "{\"__typename\": \"Tag\", \"vendor\": \"NOBODY\", \"remoteId\": \"1\"}",
                "{\"__typename\": \"Tag\", \"vendor\": [\"SIPSIM\"], \"remoteId\": \"1\"}",
                "{\"__typename\": \"Tag\", \"vendor\": \"SIPSIM\", \"remoteId\": 1}",
                "{\"__typename\": \"Tag\", \"vendor\": \"SIPSIM\", \"remoteId\": \"\"}",
                "{\"__typename\": \"Call\", \"vendor\": \"SIPSIM\", \"remoteId\": \"..\"}",
                "{\"__typename\": \"Contact\", \"id\": {\"a\": 1}}",
                "{\"__typename\": \"TagGroup\", \"slug\": null}",
                "{\"__typename\": \"Color\", \"hex\": \"#FFFFFF\"}",
                "{\"id\": \"sipsim:tag:1\"}",
                "\"sipsim:tag:1\"",
                "[]"
            })
    void onlyMalformedReferenceFails(String malformed) {
        GraphQlTester.Response response = execute(node("Contact", CONTACT), reference(malformed));
        assertThat(GatewayClient.errors(response)).singleElement().satisfies(error -> {
            assertThat(error.getExtensions()).containsEntry("code", "BAD_USER_INPUT");
            assertThat(error.getPath()).isEqualTo("_entities[1]");
        });
        response.path("_entities")
                .matchesJsonStrictly("[{\"__typename\": \"Contact\", \"id\": \"" + CONTACT + "\"}, null]");
        assertThat(gateway.requestCount()).isEqualTo(1);
    }

    @Test
    void moreReferencesThanAPageHasAreRefused() {
        Object[] references =
                Collections.nCopies(1001, node("Tag", "sipsim:tag:1")).toArray();
        assertThat(GatewayClient.errors(execute(references)))
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions()).containsEntry("code", "BAD_USER_INPUT"));
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void onlyReferencesOfFailedVendorAreMissing() {
        gateway.sipsim().fail(Fault.status(500));
        GraphQlTester.Response response = execute(
                node("Call", "sipsim:call:100400"),
                node("Contact", CONTACT),
                node("Tag", "sipsim:tag:1"),
                group("vip"),
                group("spam"));
        List<ResponseError> errors = GatewayClient.errors(response);
        assertThat(errors)
                .allSatisfy(error -> assertThat(error.getExtensions())
                        .containsEntry("code", "DOWNSTREAM_SERVICE_ERROR")
                        .containsEntry("service", "SIPSIM")
                        .containsEntry("reason", "UPSTREAM_UNAVAILABLE")
                        .containsKeys("retryable", "errorId"));
        assertThat(errors)
                .extracting(ResponseError::getPath)
                .containsExactly("_entities[0]", "_entities[2]", "_entities[4]");
        response.path("_entities").matchesJsonStrictly("""
            [null, {"__typename": "Contact", "id": "%s"}, null, {"__typename": "TagGroup", "slug": "vip"}, null]\
            """.formatted(CONTACT));
    }

    @Test
    void oneRequestToEachVendorIsSentForAHundredTags() {
        execute(hundredTags(12))
                .path("_entities[*].id")
                .entityList(String.class)
                .hasSize(24);
        assertThat(requestsOfEach()).containsExactly(1, 1);
    }

    @Test
    void noRequestIsSentForAHundredTagsWhenCached() {
        execute(hundredTags(12));
        gateway.clearRequests();
        execute(IntStream.range(0, 100).mapToObj(i -> tag(i % 2 == 0, i % 12)).toArray())
                .path("_entities[*].id")
                .entityList(String.class)
                .hasSize(100);
        assertThat(requestsOfEach()).containsExactly(0, 0);
    }

    @Test
    void oneRequestIsSentForUnknownTagsWhenTheVendorMayHaveNewOnes() {
        execute(hundredTags(12));
        gateway.clearRequests();
        execute(hundredTags(12))
                .path("_entities[*].id")
                .entityList(String.class)
                .hasSize(24);
        assertThat(requestsOfEach()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 600})
    void olderListIsReloadedOnceWhenItLacksTags(int seconds) {
        execute(hundredTags(12));
        gateway.clearRequests();
        gateway.clock().advance(Duration.ofSeconds(seconds));
        execute(hundredTags(12))
                .path("_entities[*].id")
                .entityList(String.class)
                .hasSize(24);
        assertThat(requestsOfEach()).allMatch(requests -> requests <= 1).last().isEqualTo(1);
    }

    @Test
    void onlyUnknownTagsAreErrorsWhenTheirVendorIsDown() {
        execute(hundredTags(12));
        gateway.swipeone().fail(Fault.status(500));
        gateway.clearRequests();
        GraphQlTester.Response response =
                execute(tag(false, 0), node("Tag", "swipeone:tag:6682840d9286aa59ee777777"), tag(true, 0));
        assertThat(GatewayClient.errors(response)).singleElement().satisfies(error -> {
            assertThat(error.getPath()).isEqualTo("_entities[1]");
            assertThat(error.getExtensions()).containsEntry("service", "SWIPEONE");
        });
        response.path("_entities[*].id")
                .entityList(String.class)
                .containsExactly("swipeone:tag:6682840d9286aa59ee000001", "sipsim:tag:1");
    }

    @Test
    void newTagIsFoundWhenTheListIsOlder() {
        execute(tag(false, 0));
        gateway.clock().advance(Duration.ofSeconds(1));
        String id = VendorRecordClient.of(gateway).addSwipeoneTag("Newest", "red");
        execute(node("Tag", "swipeone:tag:" + id), tag(false, 0))
                .path("_entities[*].id")
                .entityList(String.class)
                .containsExactly("swipeone:tag:" + id, "swipeone:tag:6682840d9286aa59ee000001");
    }

    @Test
    void oneRequestIsSentForEachOfFiftyRepeatedCalls() {
        Object[] references = IntStream.range(0, 50)
                .mapToObj(i -> String.valueOf(100400 - i))
                .flatMap(id -> Stream.of(
                        node("Call", "sipsim:call:" + id),
                        reference("{\"__typename\": \"Call\", \"vendor\": \"SIPSIM\", \"remoteId\": \"" + id + "\"}")))
                .toArray();
        execute(references).path("_entities").entityList(Object.class).hasSize(100);
        assertThat(TestGateway.requests(gateway.sipsim())).hasSize(50).doesNotHaveDuplicates();
        assertThat(gateway.swipeone().requests()).isEmpty();
    }

    @Test
    void oneRequestToEachVendorIsSentForManyGroups() {
        execute(IntStream.range(0, 50)
                        .mapToObj(i -> group(i % 2 == 0 ? "vip" : "unknown-" + i))
                        .toArray())
                .path("_entities[*].slug")
                .entityList(String.class)
                .hasSize(25);
        assertThat(requestsOfEach()).containsExactly(1, 1);
    }

    @Test
    void fieldsOfManyEntitiesAreResolvedTogether() {
        Object[] references = IntStream.range(1000, 1010)
                .mapToObj(i -> node("Contact", "swipeone:contact:6682840d9286aa59ee00" + i))
                .toArray();
        gateway.execute("""
            query($references: [_Any!]!) {
              _entities(representations: $references) {
                ... on Contact { name tags { name group { vendors } } }
              }
            }\
            """, Map.of("references", List.of(references)))
                .path("_entities[1].tags[*].name")
                .entityList(String.class)
                .containsExactly("Newsletter", "VIP", "Complaint");
        assertThat(requestsOfEach()).containsExactly(1, 11);
    }

    @Test
    void queriesOfRoutersForAThousandTagsAreWithinTheLimits() {
        Object[] references =
                IntStream.range(0, 1000).mapToObj(i -> tag(i % 2 == 0, i % 12)).toArray();
        gateway.execute("""
            query($references: [_Any!]!) {
              _entities(representations: $references) {
                __typename
                ... on Tag { id vendor name slug description color { hex name } group { slug drift { field } tags { id } } }
              }
            }\
            """, Map.of("references", List.of(references)))
                .path("_entities[*].id")
                .entityList(String.class)
                .hasSize(1000);
        assertThat(requestsOfEach()).containsExactly(1, 1);
    }

    @Test
    void onlyContactsBeyondTheRequestLimitFail() {
        List<String> ids = IntStream.range(1000, 1100)
                .mapToObj(i -> "swipeone:contact:6682840d9286aa59ee00" + i)
                .toList();
        GraphQlTester.Response response =
                execute(ids.stream().map(id -> node("Contact", id)).toArray());
        List<ResponseError> errors = GatewayClient.errors(response);
        assertThat(errors)
                .extracting(ResponseError::getPath)
                .containsExactlyElementsOf(IntStream.range(60, 100)
                        .mapToObj(i -> "_entities[" + i + "]")
                        .toList());
        assertThat(errors)
                .allSatisfy(error -> assertThat(error.getExtensions())
                        .containsEntry("code", "REQUEST_LIMIT_EXCEEDED")
                        .containsEntry("retryable", false));
        response.path("_entities[?(@)].id").entityList(String.class).isEqualTo(ids.subList(0, 60));
        assertThat(requestsOfEach()).containsExactly(0, 60);
    }

    private List<Integer> requestsOfEach() {
        return Stream.of(gateway.sipsim(), gateway.swipeone())
                .map(SandboxVendor::requests)
                .map(List::size)
                .toList();
    }

    private GraphQlTester.Response execute(Object... references) {
        return gateway.execute(ASK, Map.of("references", List.of(references)));
    }

    /** Half of them belong to each vendor, and some of each exist. */
    private static Object[] hundredTags(int known) {
        return IntStream.range(0, 100)
                .mapToObj(i -> i / 2 < known ? tag(i % 2 == 0, i / 2) : tag(i % 2 == 0, 500 + i))
                .toArray();
    }

    private static Object tag(boolean sipsim, int number) {
        return node(
                "Tag",
                sipsim ? "sipsim:tag:" + (number + 1) : "swipeone:tag:6682840d9286aa59ee%06x".formatted(number + 1));
    }

    private static Object node(String type, String id) {
        return Map.of("__typename", type, "id", id);
    }

    private static Object group(String slug) {
        return Map.of("__typename", "TagGroup", "slug", slug);
    }

    private static Object reference(String json) {
        return JsonMapper.shared().readValue(json, Object.class);
    }
}
