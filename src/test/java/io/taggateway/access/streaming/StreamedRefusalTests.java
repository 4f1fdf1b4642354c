package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.NodeScript;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that WebSockets and event streams refuse what POST refuses. {@code refusals.mjs} is the client. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class StreamedRefusalTests {

    private static final Map<String, String> CODES = Map.of(
            "depth", "MAX_DEPTH_LIMIT",
            "aliases", "MAX_ALIASES_LIMIT",
            "rootFields", "MAX_ROOT_FIELDS_LIMIT",
            "tokens", "GRAPHQL_PARSE_FAILED",
            "cost", "COST_ESTIMATED_TOO_EXPENSIVE",
            "introspection", "INTROSPECTION_DISABLED");

    private JsonNode open;
    private JsonNode enforcing;

    @BeforeAll
    void execute(@TempDir Path folder) throws Exception {
        String group = "group { tags { ".repeat(6);
        Map<String, String> documents = Map.of(
                "depth", "subscription { tagChanged { tag { " + group + "id" + " } }".repeat(6) + " } } }",
                "aliases", "subscription { tagChanged { " + each(31, "a%d: kind ") + "} }",
                "rootFields", "{ " + each(21, "v%d: vendors { vendor } ") + "}",
                "tokens", "subscription { tagChanged { " + "kind ".repeat(5_000) + "} }",
                "cost",
                        "subscription { tagChanged { tag { calls(first: 1000) { nodes { tags { group { tags { id } } }"
                                + " } } } } }",
                "introspection", "{ __schema { queryType { name } } }");
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of("GATEWAY_INTROSPECTION_ENABLED", "false"))) {
            open = run(gateway, documents);
        }
        String listed = "query Listed { vendors { vendor } }";
        Path manifest = Files.writeString(
                folder.resolve("manifest.json"), JsonMapper.shared().writeValueAsString(Map.of("listed", listed)));
        Map<String, String> trusting =
                Map.of("GATEWAY_DOCUMENTS_MODE", "enforce", "GATEWAY_DOCUMENTS_MANIFEST", manifest.toString());
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("listed", listed);
        asked.put("other", "subscription { tagChanged { kind } }");
        asked.put("nonsense", "subscription {");
        try (SandboxedGateway gateway = SandboxedGateway.start(trusting)) {
            enforcing = run(gateway, asked);
        }
    }

    @Test
    void limitsApplyToWebSockets() {
        CODES.forEach((name, code) -> assertRefusedOnSocket(open, name, code));
    }

    @Test
    void limitsApplyToEventStreams() {
        CODES.forEach((name, code) -> assertRefusedByEvent(open, name, code));
    }

    @Test
    void onlyTrustedDocumentsAreExecutedOverWebSockets() {
        assertRun(enforcing.at("/socket/listed"));
        assertRefusedOnSocket(enforcing, "other", "PERSISTED_QUERY_NOT_IN_LIST");
        assertRefusedOnSocket(enforcing, "nonsense", "PERSISTED_QUERY_NOT_IN_LIST");
    }

    @Test
    void onlyTrustedDocumentsAreExecutedOverEventStreams() {
        assertRun(enforcing.at("/events/listed"));
        assertRefusedByEvent(enforcing, "other", "PERSISTED_QUERY_NOT_IN_LIST");
        assertRefusedByEvent(enforcing, "nonsense", "PERSISTED_QUERY_NOT_IN_LIST");
    }

    private static void assertRun(JsonNode response) {
        assertThat(response.at("/events/0/data/vendors").isArray())
                .as("%s", response)
                .isTrue();
        assertThat(response.path("end").asString()).isEqualTo("complete");
    }

    /** The message {@code error} ends the operation; there is no event. */
    private static void assertRefusedOnSocket(JsonNode seen, String name, String code) {
        JsonNode response = seen.path("socket").path(name);
        assertThat(response.path("events")).as(name).isEmpty();
        assertThat(response.at("/end/0/extensions/code").asString())
                .as("%s: %s", name, response)
                .isEqualTo(code);
    }

    /** One event has the errors, and the stream is complete. */
    private static void assertRefusedByEvent(JsonNode seen, String name, String code) {
        JsonNode response = seen.path("events").path(name);
        assertThat(response.path("events")).as(name).hasSize(1);
        assertThat(response.at("/events/0/errors/0/extensions/code").asString())
                .as("%s: %s", name, response)
                .isEqualTo(code);
        assertThat(response.path("end").asString()).as(name).isEqualTo("complete");
    }

    private static JsonNode run(SandboxedGateway gateway, Map<String, String> documents) throws Exception {
        String json = JsonMapper.shared().writeValueAsString(documents);
        return JsonMapper.shared().readTree(NodeScript.named("refusals.mjs").run(gateway.url(), json));
    }

    private static String each(int count, String text) {
        return IntStream.range(0, count).mapToObj(text::formatted).collect(Collectors.joining());
    }
}
