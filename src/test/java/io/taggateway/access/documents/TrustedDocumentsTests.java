package io.taggateway.access.documents;

import static io.taggateway.access.documents.GraphQlPost.GRAPHQL;
import static io.taggateway.access.documents.GraphQlPost.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the modes of trusted documents: what is executed, refused and logged. */
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class TrustedDocumentsTests {

    private static final String LISTED = "query Listed { vendors { vendor } }";
    private static final String OTHER = "query Other { vendors { status } }";

    @TempDir
    private Path folder;

    @Test
    void onlyListedDocumentsAreExecutedInEnforceMode() throws IOException {
        Path manifest = apolloManifest();
        try (RunningGateway gateway = start("enforce", manifest)) {
            WebTestClient http = gateway.caller().http();
            assertThat(GraphQlPost.id("listed-1").send(http).at("/data/vendors"))
                    .hasSize(Vendor.values().length);
            assertThat(GraphQlPost.of("{ tags }", "listed-1").refusal(http)).isEqualTo("BAD_REQUEST");
            for (GraphQlPost asked : List.of(
                    GraphQlPost.text(LISTED),
                    GraphQlPost.of(LISTED, sha256(LISTED)),
                    GraphQlPost.of(LISTED, "listed-1"))) {
                assertThat(asked.send(http).at("/data/vendors")).as("%s", asked).hasSize(Vendor.values().length);
            }
            for (GraphQlPost asked : List.of(
                    GraphQlPost.text(OTHER),
                    GraphQlPost.text(LISTED + " "),
                    GraphQlPost.text("{ this is not parsed"),
                    GraphQlPost.text("{ __schema { types { name } } }"),
                    GraphQlPost.of(OTHER, sha256(OTHER)),
                    GraphQlPost.id(sha256(OTHER)),
                    GraphQlPost.id("listed-2"))) {
                assertThat(asked.refusal(http)).as("%s", asked).isEqualTo("PERSISTED_QUERY_NOT_IN_LIST");
            }
            JsonNode strict = GraphQlPost.text(OTHER).send(http, GRAPHQL, 400);
            assertThat(strict.at("/errors/0/extensions/errorId").asString()).hasSize(36);
            assertThat(count(gateway, "true")).isEqualTo(4);
            assertThat(count(gateway, "false")).isEqualTo(8);
        }
    }

    @Test
    void unlistedDocumentIsExecutedAndLoggedOnceInLogMode(CapturedOutput log) throws IOException {
        String anonymous = "{ vendors { displayName } }";
        String mistaken = "query Mistaken { nope }";
        try (RunningGateway gateway = start("log", plainManifest())) {
            WebTestClient http = gateway.caller().http();
            assertThat(GraphQlPost.id("listed-1").send(http).at("/data/vendors"))
                    .hasSize(Vendor.values().length);
            assertThat(GraphQlPost.text(LISTED).send(http).at("/data/vendors")).hasSize(Vendor.values().length);
            for (int time = 1; time <= 2; time++) {
                for (GraphQlPost asked : List.of(
                        GraphQlPost.text(OTHER),
                        GraphQlPost.of(anonymous, sha256(anonymous)),
                        GraphQlPost.id(sha256(anonymous)))) {
                    assertThat(asked.send(http).at("/data/vendors")).hasSize(Vendor.values().length);
                }
            }
            assertThat(GraphQlPost.text(mistaken).refusal(http)).isEqualTo("GRAPHQL_VALIDATION_FAILED");
            assertThat(count(gateway, "true")).isEqualTo(2);
            assertThat(count(gateway, "false")).isEqualTo(7);
        }
        assertThat(log.getAll().lines().filter(line -> line.contains("not in the manifest")))
                .hasSize(2)
                .anyMatch(line -> line.endsWith("sha256=" + sha256(OTHER) + " operation=Other"))
                .anyMatch(line -> line.endsWith("sha256=" + sha256(anonymous) + " operation=-"));
    }

    @Test
    void unlistedHashIsUnsupportedWhenRegistrationIsDisabled() throws IOException {
        Map<String, String> variables = Map.of(
                "GATEWAY_APQ_ENABLED",
                "false",
                "GATEWAY_DOCUMENTS_MANIFEST",
                plainManifest().toString());
        try (RunningGateway gateway = RunningGateway.start(variables)) {
            WebTestClient http = gateway.caller().http();
            assertThat(GraphQlPost.id("listed-1").send(http).at("/data/vendors"))
                    .hasSize(Vendor.values().length);
            GraphQlPost both = GraphQlPost.of(OTHER, sha256(OTHER));
            assertThat(both.send(http).at("/data/vendors")).hasSize(Vendor.values().length);
            assertThat(GraphQlPost.id(sha256(OTHER)).refusal(http)).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
            assertThat(GraphQlPost.id("listed-2").refusal(http)).isEqualTo("BAD_REQUEST");
        }
    }

    @Test
    void startIsRefusedWithAnInvalidDocument(CapturedOutput log) throws IOException {
        Path manifest = write(Map.of("good", LISTED, "bad-1", "query Bad { vendors { nope } }"));
        assertThat(catchThrowable(() -> start("enforce", manifest).close())).isNotNull();
        assertThat(log.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("GATEWAY_DOCUMENTS_MANIFEST=" + manifest + ", has a document that cannot be used, bad-1: ")
                .contains("nope")
                .doesNotContain("\tat ", "good");
    }

    @Test
    void startIsRefusedWithAModeWithoutManifest(CapturedOutput log) {
        assertThat(catchThrowable(() -> RunningGateway.start(Map.of("GATEWAY_DOCUMENTS_MODE", "log"))
                        .close()))
                .isNotNull();
        assertThat(log.getAll())
                .contains("GATEWAY_DOCUMENTS_MODE is 'log', so GATEWAY_DOCUMENTS_MANIFEST must name a file");
    }

    private static RunningGateway start(String mode, Path manifest) {
        return RunningGateway.start(
                Map.of("GATEWAY_DOCUMENTS_MODE", mode, "GATEWAY_DOCUMENTS_MANIFEST", manifest.toString()));
    }

    private static double count(RunningGateway gateway, String listed) {
        Counter counter = gateway.context()
                .getBean(MeterRegistry.class)
                .find("taggateway.documents")
                .tag("listed", listed)
                .counter();
        return Objects.requireNonNull(counter).count();
    }

    private Path apolloManifest() throws IOException {
        return write(Map.of(
                "format",
                "apollo-persisted-query-manifest",
                "version",
                1,
                "operations",
                List.of(Map.of("id", "listed-1", "name", "Listed", "type", "query", "body", LISTED))));
    }

    private Path plainManifest() throws IOException {
        return write(Map.of("listed-1", LISTED));
    }

    private Path write(Map<String, Object> manifest) throws IOException {
        return Files.writeString(
                folder.resolve("manifest.json"), JsonMapper.shared().writeValueAsString(manifest));
    }
}
