package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.JsonClient;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Tests that every query shows a change as soon as its payload is returned. */
@GatewayTest
@SlowTest
class ReadYourWritesTests {

    private static final String CREATE = "createTag(input: {name: \"Gold\", color: \"gold\"})";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    ReadYourWritesTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    /** The age of the cached list at the time of the write. */
    enum CacheState {
        COLD,
        WARM,
        SOFT_STALE,
        HARD_STALE
    }

    @ParameterizedTest
    @EnumSource
    void everyQueryReturnsTheWrites(CacheState cacheState) {
        prepare(cacheState);
        String id = MutationResponse.of(gateway, CREATE).text("/results/0/tag/id");
        assertThat(groupTags("gold")).hasSize(2);
        assertThat(names()).contains("Gold").hasSize(28);
        gateway.execute("{ node(id: \"" + id + "\") { ... on Tag { name } } }")
                .path("node.name")
                .entity(String.class)
                .isEqualTo("Gold");
        MutationResponse.of(gateway, "updateTag(input: {id: \"" + id + "\", name: \"Silver\"})");
        gateway.execute("{ tag(id: \"" + id + "\") { name } }")
                .path("tag.name")
                .entity(String.class)
                .isEqualTo("Silver");
        assertThat(groupTags("gold")).hasSize(1);
        assertThat(gateway.texts("{ vendors { tagList { count } } }", "vendors[:2].tagList.count"))
                .containsExactly("15", "13");
        MutationResponse.of(gateway, "deleteTag(input: {id: \"" + id + "\"})");
        assertThat(names()).doesNotContain("Silver").contains("Gold").hasSize(27);
        gateway.execute("{ tag(id: \"" + id + "\") { name } }").path("tag").valueIsNull();
    }

    @Test
    void payloadReturnsTheWrite() {
        prepare(CacheState.WARM);
        JsonNode response = JsonClient.execute(
                gateway.url(),
                "mutation { " + CREATE
                        + " { results { tag { group { name missingFrom tags { vendor color { name } } drift { field }"
                        + " } } } } }");
        JsonNode group = response.at("/data/createTag/results/0/tag/group");
        assertThat(group.path("missingFrom").size()).isZero();
        assertThat(group.path("tags").size()).isEqualTo(2);
        assertThat(response.at("/data/createTag/results/1/tag/group/tags").size())
                .isEqualTo(2);
    }

    @Test
    void laterMutationsOfAnOperationReadTheWritesOfEarlierOnes() {
        JsonNode data = JsonClient.execute(gateway.url(), """
            mutation {
              first: createTag(input: {name: "Gold"}) { results { status } }
              second: addTags(input: {subjectId: "sipsim:call:100400", tags: [{name: "Gold"}]}) {
                subject { tags { name } } result { status } }
              third: updateTag(input: {id: "sipsim:tag:15", name: "Silver"}) { tag { name } }
              fourth: setTags(input: {subjectId: "sipsim:call:100400", tags: [{slug: "silver"}]}) {
                subject { tags { name } } result { status } }
              fifth: deleteTag(input: {id: "sipsim:tag:15"}) { deletedTagId }
              sixth: addTags(input: {subjectId: "sipsim:call:100400", tags: [{name: "VIP"}]}) {
                subject { tags { name } } }
            }\
            """).path("data");
        assertThat(data.at("/second/subject/tags/0/name").asString()).isEqualTo("Gold");
        assertThat(data.at("/fourth/result/status").asString()).isEqualTo("UNCHANGED");
        assertThat(data.at("/fourth/subject/tags/0/name").asString()).isEqualTo("Silver");
        assertThat(data.at("/fifth/deletedTagId").asString()).isEqualTo("sipsim:tag:15");
        assertThat(data.at("/sixth/subject/tags").size()).isEqualTo(1);
        assertThat(records.callTags("100400")).containsExactly("VIP");
    }

    @Test
    void laterMutationsOfAnOperationListCallsThatEarlierOnesTagged() {
        String calls =
                "{ tag { calls(first: 1000, filter: {startedAfter: \"2020-01-01T00:00:00Z\"}) { nodes { id } } } }";
        JsonNode data =
                JsonClient.execute(gateway.url(), """
                    mutation {
                      first: updateTag(input: {id: "sipsim:tag:11", color: "red"}) CALLS
                      second: addTags(input: {subjectId: "sipsim:call:100400", tags: [{name: "Spam"}]}) {
                        result { status } }
                      third: updateTag(input: {id: "sipsim:tag:11", color: "red"}) CALLS
                    }\
                    """.replace("CALLS", calls)).path("data");
        assertThat(data.at("/first/tag/calls/nodes").findValuesAsString("id"))
                .isNotEmpty()
                .doesNotContain("sipsim:call:100400");
        assertThat(data.at("/third/tag/calls/nodes").findValuesAsString("id")).contains("sipsim:call:100400");
    }

    @Test
    void callsAndContactsHaveTheirNewTagsEverywhere() {
        prepare(CacheState.WARM);
        String call = "{ call(id: \"sipsim:call:100400\") { tags { name } }"
                + " calls(first: 1000, filter: {anyTag: [{name: \"Spam\"}]}) { nodes { id } } }";
        String contact = "{ contact(id: \"swipeone:contact:6682840d9286aa59ee001000\") { tags { name } }"
                + " contacts(first: 1000, filter: {tag: {name: \"Trial\"}}) { nodes { id } } }";
        gateway.execute(call).path("call.tags").entityList(Object.class).hasSize(0);
        gateway.execute(contact).path("contact.tags").entityList(Object.class).hasSize(0);
        MutationResponse.of(gateway, "addTags(input: {subjectId: \"sipsim:call:100400\", tags: [{name: \"Spam\"}]})");
        MutationResponse.of(
                gateway,
                "addTags(input: {subjectId: \"swipeone:contact:6682840d9286aa59ee001000\", tags: [{name:"
                        + " \"Trial\"}]})");
        assertThat(gateway.texts(call, "call.tags[*].name")).containsExactly("Spam");
        assertThat(gateway.texts(call, "calls.nodes[*].id")).contains("sipsim:call:100400");
        assertThat(gateway.texts(contact, "contact.tags[*].name")).containsExactly("Trial");
        assertThat(gateway.texts(contact, "contacts.nodes[*].id"))
                .contains("swipeone:contact:6682840d9286aa59ee001000");
    }

    @Test
    void otherMutationsAreExecutedWhenOneFails() {
        gateway.swipeone().fail(Fault.status(503));
        JsonNode response = JsonClient.execute(gateway.url(), """
            mutation {
              a: createTag(input: {name: "Gold", vendors: [SIPSIM]}) { results { status } }
              b: createTag(input: {name: "Gold", vendors: [SIPSIM]}) { results { status userErrors { code } } }
              c: createTag(input: {name: "Gold", vendors: [SWIPEONE]}) { results { status error { reason } } }
              d: syncTags(input: {from: SIPSIM, to: SWIPEONE}) { results { status } }
              e: createTag(input: {name: " ", vendors: [SIPSIM]}) { userErrors { code } }
              f: createTag(input: {name: "Silver", vendors: [SIPSIM]}) { results { status } }
            }\
            """);
        JsonNode data = response.path("data");
        assertThat(data.at("/a/results/0/status").asString()).isEqualTo("CREATED");
        assertThat(data.at("/b/results/0/userErrors/0/code").asString()).isEqualTo("NAME_TAKEN");
        assertThat(data.at("/c/results/0/error/reason").asString()).isEqualTo("UPSTREAM_UNAVAILABLE");
        assertThat(data.at("/e/userErrors/0/code").asString()).isEqualTo("NAME_INVALID");
        assertThat(data.at("/f/results/0/status").asString()).isEqualTo("CREATED");
        assertThat(response.path("errors").findValuesAsString("service")).containsExactly("SWIPEONE", "SWIPEONE");
        assertThat(records.sipsimTags()).hasSize(16);
    }

    @Test
    void writesOfAnOperationReachTheVendorOneAfterTheOther() {
        JsonClient.execute(gateway.url(), """
            mutation {
              a: createTag(input: {name: "A", vendors: [SIPSIM]}) { results { status } }
              b: deleteTag(input: {id: "sipsim:tag:1"}) { deletedTagId }
              c: updateTag(input: {id: "sipsim:tag:2", name: "C"}) { tag { id } }
              d: createTag(input: {name: "D", vendors: [SIPSIM]}) { results { status } }
            }\
            """);
        assertThat(records.writes())
                .containsExactly(
                        "POST /api/v2/tags", "DELETE /api/v2/tags/1", "PATCH /api/v2/tags/2", "POST /api/v2/tags");
        assertThat(records.sipsimTags()).hasSize(15).contains("A #6B7280", "D #6B7280");
    }

    private void prepare(CacheState cacheState) {
        if (cacheState != CacheState.COLD) {
            names();
        }
        gateway.clock()
                .advance(
                        switch (cacheState) {
                            case COLD, WARM -> Duration.ZERO;
                            case SOFT_STALE -> Duration.ofMinutes(1);
                            case HARD_STALE -> Duration.ofMinutes(10);
                        });
    }

    private List<String> names() {
        return gateway.texts("{ tags(first: 100) { nodes { name } } }", "tags.nodes[*].name");
    }

    private List<String> groupTags(String slug) {
        return gateway.texts("{ tagGroup(slug: \"" + slug + "\") { tags { id } } }", "tagGroup.tags[*].id");
    }
}
