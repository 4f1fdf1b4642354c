package io.taggateway.api.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.NodeScript;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the gateway and the CRM of {@code docs/federation} as one graph behind public routers. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class RouterTests {

    private static final Path EXAMPLE = Path.of("docs/federation");

    private JsonNode seen;

    @BeforeAll
    void askThroughBothRouters() throws Exception {
        try (SandboxedGateway played = SandboxedGateway.start(Map.of())) {
            String printed = NodeScript.named("federation/routers.mjs")
                    .run(played.url() + "/graphql", played.sandbox().sipsim().origin());
            seen = JsonMapper.shared().readTree(printed);
        }
    }

    @Test
    void subgraphsComposeWithoutAHint() {
        assertThat(seen.path("composition").valueStream().map(JsonNode::asString))
                .containsExactly("Composed into supergraph.graphql");
    }

    @Test
    void supergraphHasTheKeysAndTheDescriptions() {
        assertThat(seen.path("supergraph").asString())
                .contains("@join__type(graph: TAGS, key: \"id\", resolvable: true)")
                .contains("@join__type(graph: TAGS, key: \"vendor remoteId\", resolvable: true)")
                .contains("@join__type(graph: TAGS, key: \"slug\", resolvable: true)")
                .contains("\"\"\"A vendor's tag, normalized.\"\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "hive"})
    void contactsAndCallsThatTheOtherSubgraphNamesAreResolved(String router) {
        JsonNode response = answer(router, "accounts");
        assertThat(response.has("errors")).as(response.toString()).isFalse();
        assertThat(response.at("/data/accounts/0"))
                .isEqualTo(JsonMapper.shared().readTree("""
                    {"name": "Harbour Books",
                     "contact": {
                       "id": "swipeone:contact:6682840d9286aa59ee001001",
                       "name": "Bruno Bernard",
                       "account": {"name": "Harbour Books"},
                       "tags": [
                         {"name": "Newsletter", "group": {"vendors": ["SWIPEONE"]}},
                         {"name": "VIP", "group": {"vendors": ["SIPSIM", "SWIPEONE"]}},
                         {"name": "Complaint", "group": {"vendors": ["SIPSIM", "SWIPEONE"]}}],
                       "calls": {"nodes": [{"id": "sipsim:call:100396"}]}},
                     "lastCall": {
                       "id": "sipsim:call:100399",
                       "type": "INBOUND",
                       "tags": [{"name": "Billing"}, {"name": "Renewal"}, {"name": "Partner"}]}}\
                    """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "hive"})
    void unknownObjectIsNullAndTheRestIsReturned(String router) {
        JsonNode account = answer(router, "accounts").at("/data/accounts/1");
        assertThat(account.at("/contact/name").isNull()).isTrue();
        assertThat(account.at("/contact/account/name").asString()).isEqualTo("Old Mill Bakery");
        assertThat(account.at("/lastCall/id").asString()).isEqualTo("sipsim:call:100400");
        assertThat(answer(router, "campaigns").at("/data/campaigns"))
                .isEqualTo(JsonMapper.shared().readTree("""
                    [{"name": "Spring",
                      "audience": {
                        "slug": "hot-lead",
                        "name": "Hot Lead",
                        "tags": [{"id": "sipsim:tag:6"}, {"id": "swipeone:tag:6682840d9286aa59ee000003"}]},
                      "callTag": {"id": "sipsim:tag:6", "name": "Hot Lead", "color": {"hex": "#DC2626"}}},
                     {"name": "Autumn", "audience": null, "callTag": null}]\
                    """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "hive"})
    void otherSubgraphAddsFieldsToTheGatewaysContacts(String router) {
        JsonNode response = answer(router, "contacts");
        assertThat(response.has("errors")).as(response.toString()).isFalse();
        assertThat(response.at("/data/contacts/nodes"))
                .isEqualTo(JsonMapper.shared().readTree("""
                    [{"id": "swipeone:contact:6682840d9286aa59ee001001", "account": {"name": "Harbour Books"}},
                     {"id": "swipeone:contact:6682840d9286aa59ee001003", "account": null}]\
                    """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "hive"})
    void tagRefOfTwoMembersIsRefusedByTheGatewayItself(String router) {
        JsonNode response = answer(router, "twoMembers");
        assertThat(response.path("errors"))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.at("/extensions/code").asString()).isEqualTo("GRAPHQL_VALIDATION_FAILED"));
        assertThat(response.at("/data/contacts").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "hive"})
    void onlyPartOfFailedVendorIsMissing(String router) {
        JsonNode response = answer(router, "broken");
        assertThat(response.at("/data/accounts")).isEqualTo(JsonMapper.shared().readTree("""
            [{"name": "Harbour Books", "contact": {"name": "Bruno Bernard"}, "lastCall": null},
             {"name": "Old Mill Bakery", "contact": {"name": null}, "lastCall": null}]\
            """));
        assertThat(response.path("errors")).hasSize(2).allSatisfy(error -> {
            assertThat(error.at("/extensions/code").asString()).isEqualTo("DOWNSTREAM_SERVICE_ERROR");
            assertThat(error.at("/extensions/service").asString()).isEqualTo("SIPSIM");
            assertThat(error.at("/extensions/reason").asString()).isEqualTo("UPSTREAM_UNAVAILABLE");
            assertThat(error.at("/path/2").asString()).isEqualTo("lastCall");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "hive"})
    void descriptionsAreServedByTheRouter(String router) {
        JsonNode type = answer(router, "description").at("/data/__type");
        assertThat(type.path("description").asString()).startsWith("A reference to a tag, with exactly one member");
        assertThat(type.at("/inputFields/0/description").asString()).isEqualTo("A tag's id, of any vendor.");
    }

    @Test
    void subscriptionPassesThroughHive() throws Exception {
        JsonNode change = answer("hive", "subscription").at("/data/tagChanged");
        // Tags are created until an event arrives, as the subscription may begin after the first ones
        String name = change.at("/tag/name").asString();
        assertThat(name).matches("Routed [0-9]+");
        assertThat(change)
                .isEqualTo(JsonMapper.shared()
                        .valueToTree(Map.of(
                                "kind",
                                "CREATED",
                                "tag",
                                Map.of(
                                        "name",
                                        name,
                                        "group",
                                        Map.of(
                                                "slug",
                                                name.toLowerCase(Locale.ROOT).replace(' ', '-'))))));
        assertThat(Files.readString(Path.of("docs/federation.md")))
                .contains("```js\n" + Files.readString(EXAMPLE.resolve("gateway.config.js")) + "```");
    }

    @Test
    void exampleUsesTheTestedVersions() throws Exception {
        JsonNode example = JsonMapper.shared().readTree(Files.readString(EXAMPLE.resolve("package.json")));
        JsonNode tested = JsonMapper.shared().readTree(Files.readString(Path.of("src/test/node/package.json")));
        assertThat(example.path("dependencies").propertyStream())
                .isNotEmpty()
                .allSatisfy(dependency -> assertThat(dependency.getValue())
                        .isEqualTo(tested.at("/dependencies").path(dependency.getKey())));
        assertThat(example.path("overrides")).isEqualTo(tested.path("overrides"));
    }

    private JsonNode answer(String router, String operation) {
        return seen.path(router).path(operation);
    }
}
