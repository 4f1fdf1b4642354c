package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.NodeScript;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the clients of {@code docs/frontends}, with their packages from npm. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class FrontendClientTests {

    private JsonNode seen;

    @BeforeAll
    void askWithEachClient() throws Exception {
        try (SandboxedGateway gateway =
                SandboxedGateway.start(Map.of("GATEWAY_CORS_ALLOWED_ORIGINS", "https://app.example"))) {
            seen = JsonMapper.shared()
                    .readTree(NodeScript.named("clients.mjs")
                            .run(
                                    gateway.url(),
                                    gateway.sandbox().sipsim().origin(),
                                    Path.of("target/node/clients")
                                            .toAbsolutePath()
                                            .toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "urql", "relay"})
    void pagesAreLoadedOneAfterAnother(String client) {
        assertThat(seen.path(client).path("calls").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "urql", "relay", "codegen"})
    void dataOfOtherVendorIsKeptWhenOneFails(String client) {
        assertThat(seen.path(client).at("/failed/contacts").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "urql", "codegen"})
    void errorOfFailedVendorIsReported(String client) {
        assertThat(seen.path(client).at("/failed/code").asString()).isEqualTo("DOWNSTREAM_SERVICE_ERROR");
    }

    @Test
    void apolloClientDropsTheDataWithItsDefaultErrorPolicy() {
        assertThat(seen.at("/apollo/failed/without").asString()).isEqualTo("no data");
    }

    @Test
    void fragmentOnInterfaceIsReadFromTheCache() {
        assertThat(seen.at("/apollo/fragment").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apollo", "urql", "relay", "codegen"})
    void documentIsSentOnceAndItsHashAfterwards(String client) {
        List<String> requests = seen.path(client)
                .path("requests")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(requests.subList(0, 3)).containsExactly("hash", "hash and document", "hash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdl", "introspected"})
    void codeGeneratorReadsTheSchemaByItsUrl(String schema) {
        assertThat(seen.path("codegen").path(schema).asBoolean()).isTrue();
    }

    @Test
    void documentOfTheClientPresetIsRegisteredByItsHash() {
        assertThat(seen.at("/codegen/unknown").asString()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(seen.at("/codegen/calls").asInt()).isEqualTo(2);
    }

    @Test
    void pagesOfAllowedOriginsMayCall() {
        assertThat(seen.at("/cors/app").valueStream().map(JsonNode::asString))
                .containsExactly("https://app.example", "content-type, x-api-key");
        assertThat(seen.at("/cors/other/0").isNull()).isTrue();
    }

    @Test
    void pageHasTheFilesThatAreTested() throws Exception {
        String page = Files.readString(Path.of("docs/frontends.md"));
        try (Stream<Path> files = Files.list(Path.of("docs/frontends"))) {
            assertThat(files.toList())
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(page)
                            .contains("`" + file.getFileName() + "`")
                            .contains("\n" + Files.readString(file) + "```"));
        }
    }
}
