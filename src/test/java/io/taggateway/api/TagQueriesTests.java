package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests of every field, filter and order of tags. */
@GatewayTest
class TagQueriesTests {

    private static final String EVERYTHING = """
        query($id: ID!) { tag(id: $id) {
          __typename id vendor remoteId name slug remoteKey description raw
          color { hex name exact raw }
          group { slug name vendors missingFrom unknownFor tags { id } drift { field values } }
        } }\
        """;

    private final TestGateway gateway;

    TagQueriesTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void sipsimTagHasEveryField() {
        gateway.execute(EVERYTHING, Map.of("id", "sipsim:tag:2")).path("tag").matchesJsonStrictly("""
            {
              "__typename": "Tag", "id": "sipsim:tag:2", "vendor": "SIPSIM", "remoteId": "2",
              "name": "Follow-up", "slug": "follow-up", "remoteKey": null, "description": "Requires callback",
              "raw": {"id": 2, "name": "Follow-up", "color": "#FFA500", "description": "Requires callback"},
              "color": {"hex": "#FFA500", "name": "AMBER", "exact": false, "raw": "#FFA500"},
              "group": {
                "slug": "follow-up", "name": "Follow-up", "vendors": ["SIPSIM", "SWIPEONE"],
                "missingFrom": [], "unknownFor": [],
                "tags": [{"id": "swipeone:tag:6682840d9286aa59ee000002"}, {"id": "sipsim:tag:2"}],
                "drift": [{"field": "NAME", "values": ["Follow Up", "Follow-up"]}]
              }
            }\
            """);
    }

    @Test
    void swipeOneTagHasEveryField() {
        gateway.execute(EVERYTHING, Map.of("id", "swipeone:tag:6682840d9286aa59ee00000a"))
                .path("tag")
                .matchesJsonStrictly("""
                    {
                      "__typename": "Tag", "id": "swipeone:tag:6682840d9286aa59ee00000a", "vendor": "SWIPEONE",
                      "remoteId": "6682840d9286aa59ee00000a", "name": "Churn Risk", "slug": "churn-risk",
                      "remoteKey": "churn_risk", "description": null,
                      "raw": {"_id": "6682840d9286aa59ee00000a", "label": "Churn Risk", "name": "churn_risk",
                              "workspaceId": "5a4db0c0ffee5a4db0c0ffee", "color": "crimson"},
                      "color": {"hex": "#E93D82", "name": "CRIMSON", "exact": true, "raw": "crimson"},
                      "group": {
                        "slug": "churn-risk", "name": "Churn Risk", "vendors": ["SWIPEONE"], "missingFrom": ["SIPSIM"],
                        "unknownFor": [], "tags": [{"id": "swipeone:tag:6682840d9286aa59ee00000a"}], "drift": []
                      }
                    }\
                    """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sipsim:tag:999", "swipeone:tag:6682840d9286aa59ee00ffff", "swipeone:tag:x"})
    void returnsNullWhenNoObjectHasTheId(String id) {
        gateway.execute("query($id: ID!) { tag(id: $id) { id } }", Map.of("id", id))
                .path("tag")
                .valueIsNull();
    }

    @Test
    void allTagsAreMergedByNameThenVendor() {
        GraphQlTester.Response response = gateway.execute("""
            { tags { totalCount nodes { name vendor } edges { node { name } }
                pageInfo { hasNextPage hasPreviousPage }
                sources { vendor status fetchedAt error { code reason message retryAfterSeconds } } } }\
            """);
        List<String> names =
                response.path("tags.nodes[*].name").entityList(String.class).get();
        assertThat(String.join(", ", names))
                .isEqualTo("Billing, Billing, Churn Risk, Complaint, Complaint, Customer, Demo Request, Follow Up,"
                        + " Follow-up, Hot Lead, Hot Lead, Long Call, Newsletter, Partner, Partner, Réclamation,"
                        + " Renewal, Renewal, Sales Lead, Spam, Support, Trial, VIP, VIP, Webinar, Wrong Number");
        response.path("tags.nodes[0].vendor").entity(String.class).isEqualTo("SIPSIM");
        response.path("tags.nodes[1].vendor").entity(String.class).isEqualTo("SWIPEONE");
        response.path("tags.edges[*].node.name").entityList(String.class).isEqualTo(names);
        response.path("tags.totalCount").entity(Integer.class).isEqualTo(26);
        response.path("tags.pageInfo").matchesJsonStrictly("{\"hasNextPage\": false, \"hasPreviousPage\": false}");
        response.path("tags.sources[*].vendor").entityList(Vendor.class).containsExactly(Vendor.values());
        response.path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("OK", "OK");
        response.path("tags.sources[?(@.status != 'SKIPPED')].fetchedAt")
                .entityList(String.class)
                .matches(times -> times.stream().allMatch(time -> time.matches("2\\d{3}-\\d\\d-\\d\\dT.*Z")));
        response.path("tags.sources[0].error").valueIsNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field: NAME, direction: DESC   | Wrong Number",
                "field: VENDOR, direction: ASC  | Billing",
                "field: VENDOR, direction: DESC | Webinar",
                "direction: DESC                | Wrong Number",
                "field: VENDOR                  | Billing"
            })
    void tagsAreSortedByTheRequestedOrder(String order, String first) {
        assertThat(gateway.texts(
                        "{ tags(orderBy: {%s}, first: 1) { nodes { name } } }".formatted(order), nodes("name")))
                .containsExactly(first);
    }

    @Test
    void tagsOfEachVendorAreSortedByNameWhenOrderedByVendor() {
        List<String> vendors =
                gateway.texts("{ tags(orderBy: {field: VENDOR}) { nodes { vendor } } }", nodes("vendor"));
        assertThat(vendors.subList(0, 14)).containsOnly("SIPSIM");
        assertThat(vendors.subList(14, 26)).containsOnly("SWIPEONE");
        List<String> names = gateway.texts("{ tags(orderBy: {field: VENDOR}) { nodes { name } } }", nodes("name"));
        assertThat(names.subList(14, 26))
                .startsWith("Billing", "Churn Risk", "Complaint")
                .endsWith("VIP", "Webinar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NAME", "VENDOR"})
    void descendingOrderIsTheReverseOfAscending(String field) {
        String query = "{ tags(orderBy: {field: %s, direction: %s}) { nodes { id } } }";
        assertThat(gateway.texts(query.formatted(field, "DESC"), nodes("id")))
                .isEqualTo(gateway.texts(query.formatted(field, "ASC"), nodes("id"))
                        .reversed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nameContains: \"LEAD\"                         | Hot Lead, Hot Lead, Sales Lead",
                "nameContains: \"réCLA\"                        | Réclamation",
                "slugs: [\"vip\", \"Follow Up\"]                | Follow Up, Follow-up, VIP, VIP",
                "color: ORANGE                                  | Long Call, Webinar",
                "color: RED, vendors: [SIPSIM]                  | Complaint, Hot Lead",
                "vendors: [SWIPEONE], nameContains: \"i\", color: BLUE | Billing",
                "nameContains: \"nothing of that name\"         | ''"
            })
    void filterReturnsMatchesOnly(String filter, String names) {
        String query = "{ tags(filter: {%s}) { totalCount nodes { name } } }".formatted(filter);
        GraphQlTester.Response response = gateway.execute(query);
        List<String> expected = names.isEmpty() ? List.of() : List.of(names.split(", "));
        response.path(nodes("name")).entityList(String.class).isEqualTo(expected);
        response.path("tags.totalCount").entity(Integer.class).isEqualTo(expected.size());
    }

    @Test
    void vendorOutsideTheFilterIsSkippedWithoutRequest() {
        GraphQlTester.Response response = gateway.execute(
                "{ tags(filter: {vendors: [SWIPEONE]}) { totalCount sources { vendor status error { code } } } }");
        response.path("tags.totalCount").entity(Integer.class).isEqualTo(12);
        response.path("tags.sources")
                .matchesJsonStrictly(Stream.of(Vendor.values())
                        .map(vendor -> "{\"vendor\": \"%s\", \"status\": \"%s\", \"error\": null}"
                                .formatted(vendor, vendor == Vendor.SWIPEONE ? "OK" : "SKIPPED"))
                        .collect(Collectors.joining(", ", "[", "]")));
        assertThat(gateway.sipsim().requests()).isEmpty();
    }

    @Test
    void sipsimTagHasItsCalls() {
        GraphQlTester.Response response = gateway.execute("""
            { tag(id: "sipsim:tag:4") {
                contacts { totalCount nodes { id } sources { vendor } pageInfo { hasNextPage endCursor } }
                calls(first: 7, filter: {types: [INBOUND, OUTGOING]}) {
                  nodes { type tags { id } } pageInfo { hasNextPage } sources { vendor status } } } }\
            """);
        response.path("tag.contacts")
                .matchesJsonStrictly("{\"totalCount\": 0, \"nodes\": [], \"sources\": [],"
                        + " \"pageInfo\": {\"hasNextPage\": false, \"endCursor\": null}}");
        response.path("tag.calls.nodes[*].type")
                .entityList(String.class)
                .hasSize(7)
                .matches(types -> types.stream().allMatch(type -> type.matches("INBOUND|OUTGOING")));
        for (int i = 0; i < 7; i++) {
            response.path("tag.calls.nodes[" + i + "].tags[*].id")
                    .entityList(String.class)
                    .contains("sipsim:tag:4");
        }
        response.path("tag.calls.pageInfo.hasNextPage").entity(Boolean.class).isEqualTo(true);
        response.path("tag.calls.sources").matchesJsonStrictly("[{\"vendor\": \"SIPSIM\", \"status\": \"OK\"}]");
    }

    @Test
    void swipeOneTagHasItsContacts() {
        GraphQlTester.Response response = gateway.execute("""
            { tag(id: "swipeone:tag:6682840d9286aa59ee000001") {
                calls { totalCount nodes { id } sources { vendor } }
                contacts(first: 1000) { totalCount nodes { id tags { name } } sources { vendor status } } } }\
            """);
        response.path("tag.calls").matchesJsonStrictly("{\"totalCount\": 0, \"nodes\": [], \"sources\": []}");
        List<String> all = gateway.texts("{ contacts(first: 1000) { nodes { id } } }", "contacts.nodes[*].id");
        List<String> tagged = response.path("tag.contacts.nodes[*].id")
                .entityList(String.class)
                .get();
        assertThat(tagged).isNotEmpty().isSubsetOf(all);
        long carriers = gateway.execute("{ contacts(first: 1000) { nodes { tags { name } } } }")
                .path("contacts.nodes[*].tags[?(@.name == 'VIP')].name")
                .entityList(String.class)
                .get()
                .size();
        assertThat(tagged).hasSize(Math.toIntExact(carriers));
        response.path("tag.contacts.totalCount").entity(Integer.class).isEqualTo(tagged.size());
    }

    private static String nodes(String field) {
        return "tags.nodes[*]." + field;
    }
}
