package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests of objects of any type by id, and of the vendors. */
@GatewayTest
class NodeQueriesTests {

    private final TestGateway gateway;

    NodeQueriesTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource({
        "sipsim:tag:1, Tag",
        "swipeone:tag:6682840d9286aa59ee000001, Tag",
        "sipsim:call:100400, Call",
        "swipeone:contact:6682840d9286aa59ee001000, Contact"
    })
    void nodeOfEachTypeIsFoundByItsId(String id, String type) {
        gateway.execute("query($id: ID!) { node(id: $id) { __typename id } }", Map.of("id", id))
                .path("node")
                .matchesJsonStrictly("{\"__typename\": \"%s\", \"id\": \"%s\"}".formatted(type, id));
    }

    @ParameterizedTest
    @CsvSource({"vip, group:vip, VIP", "réclamation, group:r%C3%A9clamation, Réclamation"})
    void groupIsFoundByItsId(String slug, String id, String name) {
        gateway.execute("query($slug: String!) { tagGroup(slug: $slug) { id } }", Map.of("slug", slug))
                .path("tagGroup.id")
                .entity(String.class)
                .isEqualTo(id);
        gateway.execute(
                        "query($id: ID!) { node(id: $id) { __typename id ... on TagGroup { name } } }",
                        Map.of("id", id))
                .path("node")
                .matchesJsonStrictly(
                        "{\"__typename\": \"TagGroup\", \"id\": \"%s\", \"name\": \"%s\"}".formatted(id, name));
    }

    @Test
    void groupIsOneOfManyNodes() {
        gateway.execute("""
            { nodes(ids: ["group:vip", "sipsim:tag:1", "group:none", "group:VIP", "group:vip"]) { id } }\
            """).path("nodes").matchesJsonStrictly("""
                [{"id": "group:vip"}, {"id": "sipsim:tag:1"}, null, null, {"id": "group:vip"}]\
                """);
    }

    @ParameterizedTest
    @CsvSource({"group:", "group:a b", "group:%zz"})
    void malformedIdOfGroupIsRefused(String id) {
        gateway.execute("query($id: ID!) { node(id: $id) { id } }", Map.of("id", id))
                .errors()
                .satisfy(errors -> assertThat(errors)
                        .singleElement()
                        .satisfies(error -> assertThat(error.getMessage())
                                .isEqualTo(
                                        "`" + id + "` is no id of a group; such an id looks like `group:hot-lead`.")));
    }

    @Test
    void callsAndContactsAreTaggable() {
        gateway.execute("""
            { nodes(ids: ["sipsim:call:100399", "swipeone:contact:6682840d9286aa59ee001001", "sipsim:tag:1"]) {
                ... on Taggable { vendor remoteId tags { name } } ... on Tag { name } } }\
            """).path("nodes").matchesJsonStrictly("""
                [{"vendor": "SIPSIM", "remoteId": "100399",
                  "tags": [{"name": "Billing"}, {"name": "Renewal"}, {"name": "Partner"}]},
                 {"vendor": "SWIPEONE", "remoteId": "6682840d9286aa59ee001001",
                  "tags": [{"name": "Newsletter"}, {"name": "VIP"}, {"name": "Complaint"}]},
                 {"name": "VIP"}]\
                """);
    }

    @Test
    void nodesHaveTheOrderOfTheirIdsWithNullForUnknownIds() {
        gateway.execute("""
            { nodes(ids: ["sipsim:call:100400", "sipsim:tag:999", "sipsim:tag:2", "sipsim:call:100400"]) { id } }\
            """).path("nodes").matchesJsonStrictly("""
                [{"id": "sipsim:call:100400"}, null, {"id": "sipsim:tag:2"}, {"id": "sipsim:call:100400"}]\
                """);
        assertThat(TestGateway.requests(gateway.sipsim())).containsExactlyInAnyOrder("GET /calls/100400", "GET /tags");
    }

    @Test
    void onlyNodesOfFailedVendorAreMissing() {
        gateway.sipsim().fail(Fault.status(500));
        GraphQlTester.Response response = gateway.execute(
                "{ nodes(ids: [\"sipsim:call:100400\", \"swipeone:contact:6682840d9286aa59ee001000\"]) { id } }");
        response.errors()
                .satisfy(errors -> assertThat(errors)
                        .singleElement()
                        .satisfies(error -> assertThat(error.getExtensions()).containsEntry("service", "SIPSIM")));
        response.path("nodes").matchesJsonStrictly("[null, {\"id\": \"swipeone:contact:6682840d9286aa59ee001000\"}]");
    }

    @Test
    void vendorsHaveCapabilitiesAndStatus() {
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        GraphQlTester.Response response = gateway.execute("""
            { vendors { vendor displayName status capabilities circuit coolDownUntil
                        tagList { count fetchedAt stale } } }\
            """);
        response.path("vendors[*].vendor").entityList(Vendor.class).containsExactly(Vendor.values());
        response.path("vendors[*].displayName")
                .entityList(String.class)
                .containsExactly(
                        Stream.of(Vendor.values()).map(Vendor::displayName).toArray(String[]::new));
        response.path("vendors[:2].status").entityList(String.class).containsExactly("UP", "UP");
        response.path("vendors[:2].circuit").entityList(String.class).containsExactly("CLOSED", "CLOSED");
        response.path("vendors[0].capabilities")
                .entityList(String.class)
                .contains("LIST_TAGS", "TAG_DESCRIPTION", "LIST_CALLS")
                .doesNotContain("GET_TAG", "LIST_CONTACTS");
        response.path("vendors[1].capabilities")
                .entityList(String.class)
                .contains("LIST_TAGS", "GET_TAG", "LIST_CONTACTS")
                .doesNotContain("TAG_DESCRIPTION", "LIST_CALLS");
        response.path("vendors[:2].tagList.count").entityList(Integer.class).containsExactly(14, 12);
        response.path("vendors[:2].tagList.stale").entityList(Boolean.class).containsExactly(false, false);
    }

    @Test
    void vendorsAreReturnedWithoutVendorRequests() {
        gateway.execute("{ vendors { vendor tagList { count } } }")
                .path("vendors")
                .matchesJsonStrictly(Stream.of(Vendor.values())
                        .map("{\"vendor\": \"%s\", \"tagList\": null}"::formatted)
                        .collect(Collectors.joining(", ", "[", "]")));
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"500, DOWN", "401, DOWN", "403, DEGRADED", "429, DEGRADED"})
    void failedVendorHasItsError(int status, String condition) {
        gateway.sipsim().fail(Fault.status(status));
        gateway.execute("{ calls { nodes { id } } }")
                .errors()
                .satisfy(errors -> assertThat(errors).hasSize(1));
        gateway.execute("{ vendors { vendor status } }")
                .path("vendors[0].status")
                .entity(String.class)
                .isEqualTo(condition);
    }
}
