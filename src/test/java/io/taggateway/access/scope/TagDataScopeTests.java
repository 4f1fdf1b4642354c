package io.taggateway.access.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import io.taggateway.tagging.operation.Caller;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.server.WebGraphQlHandler;
import tools.jackson.databind.JsonNode;

/** Tests that payloads of mutations contain no data of stored tags for callers without the scope {@code tags.read}. */
@GatewayTest
class TagDataScopeTests {

    private static final String WEBINAR = "swipeone:tag:6682840d9286aa59ee00000c";

    private final TestGateway gateway;
    private final VendorRecordClient records;
    private final ScopedCaller reader;
    private final ScopedCaller other;

    TagDataScopeTests(TestGateway gateway, @Autowired WebGraphQlHandler handler) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
        this.reader = new ScopedCaller(handler, Caller.ALL_SCOPES);
        this.other = reader.without("tags.read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "updateTag(input: {id: \"sipsim:tag:4\", color: \"red\", dryRun: true})     | result    | before",
                "updateTag(input: {id: \"sipsim:tag:4\", color: \"red\", dryRun: true})     | result    | after",
                "updateTag(input: {id: \"sipsim:tag:4\", color: \"red\"})                   | result    | before",
                "updateTag(input: {id: \"sipsim:tag:4\", color: \"red\"})                   | result    | after",
                "updateTagGroup(input: {slug: \"billing\", color: \"red\", dryRun: true})   | results/0 | before",
                "updateTagGroup(input: {slug: \"billing\", color: \"red\"})                 | results/0 | after",
                "deleteTag(input: {id: \"sipsim:tag:4\", dryRun: true})                     | result    | before",
                "createTag(input: {name: \"billing\", ifExists: REUSE, dryRun: true})       | results/0 | before"
            })
    void stateOfTagIsDenied(String mutation, String result, String state) {
        String document = "mutation { written: " + mutation + " { " + result.replaceAll("/.*", "") + " { status "
                + state + " { name description color { hex } } } } }";
        JsonNode response = other.with(Set.of("tags.write")).execute(document);
        JsonNode written = response.at("/data/written/" + result);
        assertThat(written.path("status").asString()).isNotEqualTo("FAILED");
        assertThat(written.path(state).isNull()).as("%s", response).isTrue();
        assertThat(response.path("errors")).isNotEmpty().allSatisfy(error -> {
            assertThat(error.at("/extensions/requiredScopes").toString()).isEqualTo("[[\"tags.read\"]]");
            assertThat(error.path("path").toString()).endsWith(",\"" + state + "\"]");
        });
        gateway.clearCaches();
        JsonNode full = reader.execute(document);
        assertThat(full.path("errors")).isEmpty();
        assertThat(full.at("/data/written/" + result).path(state).path("name").asString())
                .isEqualTo("Billing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "updateTag(input: {id: \"sipsim:tag:4\", color: \"red\", dryRun: true}) { result { slug } }      | ''",
                "deleteTag(input: {id: \"sipsim:tag:4\", dryRun: true}) { result { slug } }                      | ''",
                "createTag(input: {name: \"BILLING\", dryRun: true}) { results { slug } }                   | billing",
                "updateTagGroup(input: {slug: \"Billing\", name: \"A\", dryRun: true}) { results { slug } } | billing"
            })
    void slugIsThatOfTheInput(String mutation, String slug) {
        JsonNode response = other.with(Set.of("tags.write")).execute("mutation { written: " + mutation + " }");
        assertThat(response.path("errors")).isEmpty();
        assertThat(response.findValuesAsString("slug")).isNotEmpty().containsOnly(slug);
        assertThat(reader.execute("mutation { written: " + mutation + " }").findValuesAsString("slug"))
                .isNotEmpty()
                .containsAnyOf("billing", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add: [{name: \"Biling\"}]                                    | `Billing`    | no tag `Biling`.",
                "remove: [{name: \"Biling\"}]                                 | `Billing`    | no tag `Biling`.",
                "add: [{id: \"swipeone:tag:6682840d9286aa59ee00000c\"}]       | `Webinar`    | no tag like the one",
                "add: [{id: \"sipsim:tag:4\"}], remove: [{id: \"sipsim:tag:4\"}] | `Billing` | A tag is both",
                "add: [{name: \"FOLLOW UP\"}]                                 | sipsim:tag:2 | one by its id."
            })
    void messageOfUserErrorHasNoDataOfTags(String tags, String data, String rest) {
        records.addSipsimTag("Follow up", "#123456");
        assertMessage(
                "tagSubjects(input: {subjectIds: [\"sipsim:call:100400\"], " + tags
                        + ", dryRun: true}) { results { userErrors { message } } }",
                data,
                rest);
    }

    @Test
    void messageHasNoNamesOfTagsThatTheVendorDidNotChange() {
        String id = records.addSwipeoneTag("Fresh", "red");
        gateway.swipeone()
                .fail(Fault.status(200, "{\"status\": \"success\", \"message\": \"Tags added to contact\"}")
                        .on("POST", "/api/contacts/"));
        assertMessage(
                "setTags(input: {subjectId: \"swipeone:contact:6682840d9286aa59ee001001\", tags: [{id:"
                        + " \"swipeone:tag:" + id + "\"}]}) { userErrors { message } }",
                "`VIP`",
                "did not apply the change of some tags.");
    }

    @Test
    void warningHasNoStoredName() {
        gateway.swipeone()
                .fail(Fault.status(
                                200,
                                "{\"status\": \"success\", \"data\": {\"tag\": {\"_id\":"
                                        + " \"6682840d9286aa59ee00000c\", \"label\": \"Converted\", \"name\":"
                                        + " \"converted\", \"color\": \"#FF5733\"}}}")
                        .on("PATCH", ""));
        String mutation = "mutation { updateTag(input: {id: \"" + WEBINAR
                + "\", name: \"%s\"}) { result { warnings { message } } } }";
        assertThat(other.execute(mutation.formatted("Talk")).findValuesAsString("message"))
                .containsExactly("Swipe One stored another name.");
        gateway.clearCaches();
        assertThat(reader.execute(mutation.formatted("Speech")).findValuesAsString("message"))
                .containsExactly("Swipe One stored the name as `Converted`.");
    }

    /** The data is only in the message for readers of tags, and the rest only in that for others. */
    private void assertMessage(String mutation, String data, String rest) {
        List<String> without =
                other.execute("mutation { written: " + mutation + " }").findValuesAsString("message");
        List<String> full =
                reader.execute("mutation { written: " + mutation + " }").findValuesAsString("message");
        assertThat(full).anySatisfy(message -> assertThat(message).contains(data));
        assertThat(without)
                .hasSameSizeAs(full)
                .noneSatisfy(message -> assertThat(message).contains(data))
                .anySatisfy(message -> assertThat(message).contains(rest));
    }
}
