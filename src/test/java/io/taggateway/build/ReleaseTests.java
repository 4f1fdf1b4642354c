package io.taggateway.build;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests of the files that are published on a tag: the image, the jar, its SBOM, the released schema and the changelog.
 */
class ReleaseTests {

    private static final Path CHANGELOG = Path.of("CHANGELOG.md");
    private static final Path SCHEMA = Path.of("schema/released/schema.graphqls");

    @ParameterizedTest
    @ValueSource(strings = {"Query", "Mutation", "Subscription"})
    void changelogNamesEachRootFieldOfTheReleasedSchema(String type) throws IOException {
        String changelog = Files.readString(CHANGELOG);

        assertThat(fieldsOf(type))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(changelog).contains("`" + field + "`"));
    }

    @Test
    void changelogHasTheVersionOfTheBuild() throws IOException {
        String version = Files.readString(Path.of("pom.xml"))
                .replaceAll("(?s).*?<artifactId>tag-gateway</artifactId>\\s*<version>([0-9.]+).*", "$1");

        assertThat(Files.readString(CHANGELOG)).containsPattern("(?m)^## " + version + "\\b");
    }

    @Test
    void workflowPublishesImageSbomAndReleasedSchemaOnTags() throws IOException {
        String workflow = Files.readString(Path.of(".github/workflows/release.yml"));
        assertThat(workflow).contains("tags: [\"v*\"]");
        List<Map<?, ?>> steps = steps(workflow);
        assertThat(steps)
                .allSatisfy(step -> assertThat(step.containsKey("uses") ^ step.containsKey("run"))
                        .isTrue());
        int check = indexOf(steps, "run", ".ci/run");
        int image = indexOf(steps, "uses", "docker/build-push-action");
        int release = indexOf(steps, "run", "gh release create");
        assertThat(List.of(check, image, release)).isSorted().doesNotContain(-1);
        assertThat(steps.get(image).get("with"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("push", true)
                .containsEntry("sbom", true)
                .containsEntry("provenance", true);
        assertThat(Path.of(".ci/run")).isExecutable();
    }

    @Test
    void workflowPublishesFilesThatTheBuildHas() throws IOException {
        List<Map<?, ?>> steps = steps(Files.readString(Path.of(".github/workflows/release.yml")));
        String script = String.valueOf(steps.getLast().get("run"));
        assertThat(script)
                .contains(
                        "target/tag-gateway.jar", SCHEMA.toString(), "sbom/application.cdx.json", CHANGELOG.toString());
        assertThat(SCHEMA).exists();
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>tag-gateway</finalName>");
    }

    @Test
    void noLibraryOfHttp3OrOfOtherPlatformsIsPackaged() {
        assertThat(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).getFileName().toString()))
                .anyMatch(library -> library.matches("netty-transport-native-epoll-.*-linux-x86_64.jar"))
                .anyMatch(library -> library.matches("netty-transport-native-epoll-.*-linux-aarch_64.jar"))
                .noneMatch(library -> library.matches(".*(native-quic|http3|osx|macos|windows).*"));
    }

    /** The steps of the only job. */
    private static List<Map<?, ?>> steps(String workflow) {
        JsonNode jobs = JsonMapper.shared()
                .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions()))
                        .<Map<Object, Object>>load(workflow)
                        .get("jobs"));
        return JsonMapper.shared().convertValue(jobs.at("/release/steps"), new TypeReference<List<Map<?, ?>>>() {});
    }

    private static int indexOf(List<Map<?, ?>> steps, String key, String part) {
        return IntStream.range(0, steps.size())
                .filter(step -> String.valueOf(steps.get(step).get(key)).contains(part))
                .findFirst()
                .orElse(-1);
    }

    private static List<String> fieldsOf(String type) throws IOException {
        return new SchemaParser()
                .parse(Files.readString(SCHEMA)).getTypes(ObjectTypeDefinition.class).stream()
                        .filter(definition -> definition.getName().equals(type))
                        .flatMap(definition -> definition.getFieldDefinitions().stream())
                        .map(FieldDefinition::getName)
                        .filter(name -> !name.startsWith("_"))
                        .toList();
    }
}
