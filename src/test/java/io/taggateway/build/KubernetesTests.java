package io.taggateway.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the manifests for Kubernetes. */
class KubernetesTests {

    private static final Path FOLDER = Path.of("deploy/kubernetes");

    /** Variables that Spring Boot reads itself. */
    private static final Set<String> SPRINGS =
            Set.of("SPRING_PROFILES_ACTIVE", "SPRING_CONFIG_IMPORT", "LOGGING_STRUCTURED_FORMAT_CONSOLE");

    private static final Pattern SETTING = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+):");

    @Test
    void everyManifestIsListed() {
        assertThat(read("kustomization.yaml").path("resources").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(manifests().keySet());
        assertThat(manifests().values())
                .extracting(manifest -> manifest.path("kind").asString())
                .contains("Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy");
    }

    @Test
    void everySettingExists() throws IOException {
        Set<String> known = SETTING.matcher(Files.readString(Path.of("src/main/resources/application.yml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(settings().keySet())
                .hasSizeGreaterThan(5)
                .allMatch(name -> known.contains(name) || SPRINGS.contains(name));
    }

    @Test
    void noSettingIsASecret() {
        assertThat(settings().keySet()).noneMatch(name -> name.matches(".*(SECRET|TOKEN|PASSWORD|_API_KEYS?)"));
        assertThat(container().path("env").isMissingNode()).isTrue();
        assertThat(pod().path("volumes").valueStream())
                .filteredOn(volume -> volume.has("secret"))
                .extracting(volume -> volume.path("name").asString())
                .containsExactly("secrets", "api-keys");
    }

    @Test
    void secretsAreMountedWhereTheGatewayReadsThem() {
        Map<String, String> mounts = container()
                .path("volumeMounts")
                .valueStream()
                .collect(Collectors.toMap(
                        mount -> mount.path("name").asString(),
                        mount -> mount.path("mountPath").asString()));
        assertThat(settings().get("SPRING_CONFIG_IMPORT")).isEqualTo("configtree:" + mounts.get("secrets") + "/");
        assertThat(settings().get("GATEWAY_API_KEYS_FILE")).startsWith(mounts.get("api-keys") + "/");
        assertThat(pod().path("volumes")
                        .valueStream()
                        .map(volume -> volume.path("name").asString()))
                .containsExactlyInAnyOrderElementsOf(mounts.keySet());
    }

    @Test
    void newPodIsReadyBeforeAnotherIsReplaced() {
        JsonNode spec = manifest("deployment.yaml").path("spec");
        assertThat(spec.at("/strategy/rollingUpdate/maxUnavailable").asInt(1)).isZero();
        assertThat(container().at("/readinessProbe/httpGet/path").asString()).isEqualTo("/readyz");
        assertThat(Stream.of("startupProbe", "livenessProbe"))
                .allMatch(probe ->
                        container().path(probe).at("/httpGet/path").asString().equals("/livez"));
    }

    @Test
    void terminationGracePeriodCoversTheShutdown() {
        Duration grace = duration("GATEWAY_SHUTDOWN_GRACE");
        assertThat(Duration.ofSeconds(
                        pod().path("terminationGracePeriodSeconds").asLong()))
                .isGreaterThan(grace.plus(duration("GATEWAY_REQUEST_TIMEOUT")).plusSeconds(7));
        assertThat(grace)
                .isGreaterThan(Duration.ofSeconds(container()
                                .at("/readinessProbe/periodSeconds")
                                .asLong()
                        * container().at("/readinessProbe/failureThreshold").asLong()));
    }

    @Test
    void containerHasNoMoreRightsThanItNeeds() {
        assertThat(pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container().at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container().at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container().at("/securityContext/capabilities/drop/0").asString())
                .isEqualTo("ALL");
        assertThat(container().at("/resources/limits/memory").asString()).isEqualTo("512Mi");
    }

    @Test
    void everySelectorFindsThePods() {
        String app = manifest("deployment.yaml")
                .at("/spec/template/metadata/labels/app")
                .asString();
        assertThat(List.of(
                        manifest("deployment.yaml").at("/spec/selector/matchLabels/app"),
                        manifest("service.yaml").at("/spec/selector/app"),
                        manifest("disruption-budget.yaml").at("/spec/selector/matchLabels/app"),
                        manifest("network-policy.yaml").at("/spec/podSelector/matchLabels/app")))
                .allMatch(selected -> selected.asString().equals(app));
        assertThat(manifest("autoscaler.yaml").at("/spec/scaleTargetRef/name"))
                .isEqualTo(manifest("deployment.yaml").at("/metadata/name"));
    }

    private static Duration duration(String setting) {
        return DurationStyle.detectAndParse(settings().getOrDefault(setting, ""));
    }

    private static Map<String, String> settings() {
        return text(FOLDER.resolve("gateway.env"))
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static JsonNode pod() {
        return manifest("deployment.yaml").at("/spec/template/spec");
    }

    private static JsonNode container() {
        return pod().path("containers").path(0);
    }

    private static JsonNode manifest(String name) {
        return manifests().getOrDefault(name, JsonMapper.shared().nullNode());
    }

    private static Map<String, JsonNode> manifests() {
        Map<String, JsonNode> manifests = new HashMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
                    .forEach(name -> manifests.put(name, read(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return manifests;
    }

    private static JsonNode read(String name) {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(FOLDER.resolve(name)));
        return JsonMapper.shared().valueToTree(content);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
