package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.test.tester.GraphQlTester;
import tools.jackson.databind.JsonNode;

/** Tests of the numbers of calls and contacts with a tag or group, compared with the lists. */
@GatewayTest
class UseCountTests {

    private static final String SINCE = "2020-01-01T00:00:00Z";

    private final TestGateway gateway;

    UseCountTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void countsOfAllGroupsNeedOneRequestForCallsAndOneForEachTagOfContacts() {
        JsonNode groups = read("""
            { tagGroups { nodes { tags { id vendor }
                callCount(since: "%s") { count exact sources { vendor status } }
                contactCount { count exact sources { vendor status } } } } }\
            """.formatted(SINCE), "tagGroups.nodes");
        List<String> requests = new ArrayList<>(TestGateway.requests(gateway.sipsim()));
        requests.addAll(TestGateway.requests(gateway.swipeone()));
        assertThat(requests.stream().filter(line -> line.equals("GET /calls"))).hasSize(1);
        assertThat(requests.stream().filter(line -> line.endsWith("/contacts"))).hasSize(12);
        Map<String, Integer> calls = listed("calls(first: 1000, filter: {startedAfter: \"" + SINCE + "\"})", "calls");
        Map<String, Integer> contacts = listed("contacts(first: 1000)", "contacts");
        for (JsonNode group : groups) {
            assertThat(group.at("/callCount/count").asInt()).isEqualTo(sum(group, calls));
            assertThat(group.at("/contactCount/count").asInt()).isEqualTo(sum(group, contacts));
            assertThat(group.at("/callCount/exact").asBoolean()).isTrue();
            assertThat(group.at("/contactCount/exact").asBoolean()).isTrue();
        }
        assertThat(groups.size()).isEqualTo(19);
    }

    @Test
    void countIsZeroWhenTheVendorHasNoSuchSubjects() {
        String none = "{\"count\": 0, \"exact\": true, \"sources\": []}";
        GraphQlTester.Response response = gateway.execute("""
            { tag(id: "sipsim:tag:1") { contactCount { count exact sources { vendor } } }
              other: tag(id: "swipeone:tag:6682840d9286aa59ee000001") { callCount { count exact sources { vendor } } } }\
            """);
        response.path("tag.contactCount").matchesJsonStrictly(none);
        response.path("other.callCount").matchesJsonStrictly(none);
    }

    @Test
    void countBeyondTheBoundIsNotExact() {
        gateway.execute("""
            { tagGroup(slug: "vip") { callCount(since: "%s", upTo: 5) { count exact }
                contactCount(upTo: 2) { count exact } } }\
            """.formatted(SINCE))
                .path("tagGroup")
                .entity(JsonNode.class)
                .satisfies(group -> {
                    assertThat(group.at("/callCount")).hasToString("{\"count\":5,\"exact\":false}");
                    assertThat(group.at("/contactCount/exact").asBoolean()).isFalse();
                    assertThat(group.at("/contactCount/count").asInt()).isGreaterThan(2);
                });
    }

    @Test
    void countsSinceDifferentTimesAreReadSeparately() {
        gateway.execute("""
            { tagGroup(slug: "vip") { all: callCount(since: "%s") { count }
                none: callCount(since: "2999-01-01T00:00:00Z") { count exact } } }\
            """.formatted(SINCE))
                .path("tagGroup.none")
                .matchesJsonStrictly("{\"count\": 0, \"exact\": true}");
        assertThat(TestGateway.requests(gateway.sipsim()).stream().filter(line -> line.equals("GET /calls")))
                .hasSize(2);
    }

    @Test
    void onlyTheCountOfAFailedVendorIsMissing() {
        gateway.execute("{ tags { totalCount } }");
        gateway.sipsim().fail(Fault.status(500));
        GraphQlTester.Response result = gateway.execute("""
            { tagGroup(slug: "vip") { callCount { count exact sources { vendor status error { code } } }
                contactCount { exact sources { vendor status } } } }\
            """);
        result.errors()
                .satisfy(errors -> assertThat(errors).singleElement().satisfies(error -> {
                    assertThat(error.getPath()).isEqualTo("tagGroup.callCount");
                    assertThat(error.getExtensions()).containsEntry("service", "SIPSIM");
                }));
        result.path("tagGroup").matchesJsonStrictly("""
            {"callCount": {"count": 0, "exact": false,
               "sources": [{"vendor": "SIPSIM", "status": "FAILED", "error": {"code": "DOWNSTREAM_SERVICE_ERROR"}}]},
             "contactCount": {"exact": true, "sources": [{"vendor": "SWIPEONE", "status": "OK"}]}}\
            """);
    }

    @Test
    void countOfGroupIsNotExactWhenATagListIsNotAvailable() {
        gateway.sipsim().fail(Fault.status(500));
        gateway.execute("{ tagGroup(slug: \"vip\") { unknownFor callCount { count exact } contactCount { exact } } }")
                .path("tagGroup")
                .matchesJsonStrictly("""
                    {"unknownFor": ["SIPSIM"], "callCount": {"count": 0, "exact": false}, "contactCount": {"exact": true}}\
                    """);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void upToOutOfRangeIsRefused(int upTo) {
        assertThat(gateway.errors("{ tagGroup(slug: \"vip\") { contactCount(upTo: %d) { count } } }".formatted(upTo)))
                .singleElement()
                .satisfies(error -> assertThat(error.getMessage())
                        .isEqualTo("`upTo` must be between 1 and 1000, but is " + upTo + "."));
    }

    private JsonNode read(String document, String path) {
        return gateway.execute(document).path(path).entity(JsonNode.class).get();
    }

    /** The number of objects of a list with each tag, by the id of the tag. */
    private Map<String, Integer> listed(String field, String name) {
        return gateway.texts("{ " + field + " { nodes { tags { id } } } }", name + ".nodes[*].tags[*].id").stream()
                .collect(Collectors.toMap(id -> id, id -> 1, Integer::sum));
    }

    private static int sum(JsonNode group, Map<String, Integer> counts) {
        return group.path("tags")
                .valueStream()
                .mapToInt(tag -> counts.getOrDefault(tag.path("id").asString(), 0))
                .sum();
    }
}
