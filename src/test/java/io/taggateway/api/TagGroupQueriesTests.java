package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests of every field and filter of groups. */
@GatewayTest
class TagGroupQueriesTests {

    private final TestGateway gateway;

    TagGroupQueriesTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void groupHasEveryField() {
        gateway.execute("""
            { tagGroup(slug: "hot-lead") {
                __typename slug name vendors missingFrom unknownFor
                tags { id name } drift { field values } } }\
            """).path("tagGroup").matchesJsonStrictly("""
                {"__typename": "TagGroup", "slug": "hot-lead", "name": "Hot Lead", "vendors": ["SIPSIM", "SWIPEONE"],
                 "missingFrom": [], "unknownFor": [],
                 "tags": [{"id": "sipsim:tag:6", "name": "Hot Lead"},
                          {"id": "swipeone:tag:6682840d9286aa59ee000003", "name": "Hot Lead"}],
                 "drift": [{"field": "COLOR", "values": ["#DC2626", "#E54D2E"]}]}\
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hot-lead", "Hot Lead", "HOT_LEAD", " hot  lead. "})
    void groupIsFoundByAnyNameWithItsSlug(String slug) {
        gateway.execute("query($slug: String!) { tagGroup(slug: $slug) { slug } }", Map.of("slug", slug))
                .path("tagGroup.slug")
                .entity(String.class)
                .isEqualTo("hot-lead");
    }

    @Test
    void returnsNullForUnknownSlug() {
        gateway.execute("{ tagGroup(slug: \"no-such-thing\") { slug } }")
                .path("tagGroup")
                .valueIsNull();
    }

    @Test
    void everyTagIsInOneGroup() {
        GraphQlTester.Response response = gateway.execute("""
            { tags { nodes { id } }
              tagGroups { totalCount nodes { slug tags { id } } edges { cursor node { slug } }
                          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                          sources { vendor status fetchedAt error { code } } } }\
            """);
        List<String> grouped = response.path("tagGroups.nodes[*].tags[*].id")
                .entityList(String.class)
                .get();
        List<String> all =
                response.path("tags.nodes[*].id").entityList(String.class).get();
        assertThat(grouped).containsExactlyInAnyOrderElementsOf(all);
        response.path("tagGroups.totalCount").entity(Integer.class).isEqualTo(19);
        response.path("tagGroups.edges[*].cursor").entityList(String.class).hasSize(19);
        response.path("tagGroups.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("OK", "OK");
        response.path("tagGroups.pageInfo.hasNextPage").entity(Boolean.class).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missingFrom: [SIPSIM]                  | churn-risk, customer, newsletter, trial, webinar",
                "missingFrom: [SIPSIM], nameContains: \"tr\" | trial",
                "missingFrom: [SIPSIM, SWIPEONE], nameContains: \"s\" | churn-risk, customer, demo-request,"
                        + " newsletter, sales-lead, spam, support",
                "drifted: true                          | follow-up, hot-lead, partner, renewal",
                "drifted: true, nameContains: \"LEAD\"  | hot-lead",
                "drifted: false, missingFrom: [SWIPEONE], nameContains: \"call\" | long-call",
                "nameContains: \"follow up\"            | follow-up"
            })
    void filterReturnsMatchesOnly(String filter, String slugs) {
        String query = "{ tagGroups(filter: {%s}) { nodes { slug } } }".formatted(filter);
        assertThat(gateway.texts(query, "tagGroups.nodes[*].slug")).containsExactly(slugs.split(", "));
    }

    @Test
    void filtersByDriftAreComplementary() {
        String query = "{ tagGroups(filter: {drifted: %s}) { totalCount } }";
        assertThat(count(query.formatted("true"))).isEqualTo(4);
        assertThat(count(query.formatted("false"))).isEqualTo(15);
    }

    @Test
    void statusOfFailedVendorIsUnknownAndNotMissing() {
        gateway.swipeone().fail(Fault.status(503));
        GraphQlTester.Response response =
                gateway.execute("{ tagGroups { totalCount nodes { missingFrom unknownFor vendors } } }");
        response.errors()
                .satisfy(errors -> assertThat(errors)
                        .singleElement()
                        .satisfies(error -> assertThat(error.getPath()).isEqualTo("tagGroups")));
        response.path("tagGroups.totalCount").valueIsNull();
        response.path("tagGroups.nodes").entityList(Object.class).hasSize(14);
        response.path("tagGroups.nodes[*].missingFrom[*]")
                .entityList(String.class)
                .hasSize(0);
        response.path("tagGroups.nodes[*].unknownFor[*]")
                .entityList(String.class)
                .hasSize(14)
                .matches(vendors -> vendors.stream().allMatch("SWIPEONE"::equals));
    }

    @Test
    void returnsErrorForUnknownGroupWhenAVendorIsDown() {
        gateway.swipeone().fail(Fault.status(503));
        GraphQlTester.Response response = gateway.execute("{ tagGroup(slug: \"newsletter\") { slug } }");
        response.errors()
                .satisfy(errors -> assertThat(errors)
                        .singleElement()
                        .satisfies(error -> assertThat(error.getExtensions()).containsEntry("service", "SWIPEONE")));
        response.path("tagGroup").valueIsNull();
    }

    private int count(String query) {
        return gateway.execute(query)
                .path("tagGroups.totalCount")
                .entity(Integer.class)
                .get();
    }
}
