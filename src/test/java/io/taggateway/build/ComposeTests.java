package io.taggateway.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the Dockerfile and of docker-compose.yml. */
class ComposeTests {

    private static final Pattern OPTION = Pattern.compile("-XX:[^\" ]+");

    @Test
    void portsArePublishedOnThisMachineOnly() throws IOException {
        assertThat(services())
                .isNotEmpty()
                .allSatisfy(service -> assertThat(service.get("network_mode")).isNull())
                .flatMap(service -> list(service, "ports"))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port).asString().startsWith("127.0.0.1:"));
    }

    /** The port in the container is fixed; SERVER_PORT is the one that is published. */
    @Test
    void everyVariableOfTheGatewayIsPassedOn() throws IOException {
        String catalogue = Files.readString(Path.of("src/main/resources/application.yml"));
        List<String> variables = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+):")
                .matcher(catalogue)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("SERVER_PORT"))
                .toList();
        assertThat(map(gateway(), "environment").keySet())
                .filteredOn(name -> !name.startsWith("OTEL_"))
                .containsExactlyInAnyOrderElementsOf(variables);
        assertThat(list(gateway(), "ports")).hasToString("[127.0.0.1:${SERVER_PORT:-8080}:8080]");
    }

    @Test
    void credentialsComeFromTheEnvironment() throws IOException {
        assertThat(map(gateway(), "environment").entrySet())
                .filteredOn(variable -> variable.getKey().matches("(SIPSIM|SWIPEONE)_.*"))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(variable.getValue()).isNull());
    }

    @Test
    void imageRunsAsAnOrdinaryUser() throws IOException {
        assertThat(instructions("USER"))
                .isNotEmpty()
                .last()
                .asString()
                .doesNotStartWith("root")
                .doesNotStartWith("0");
    }

    @Test
    void processIsRestartedWhenOutOfMemory() throws IOException {
        assertThat(instructions("ENTRYPOINT")).last().asString().contains("\"-XX:+ExitOnOutOfMemoryError\"");
        assertThat(gateway()).containsKeys("restart", "healthcheck", "stop_grace_period");
        assertThat(Files.readString(Path.of("README.md"))).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void imageDownloadsNothingAtStart() throws IOException {
        assertThat(instructions("ADD")).isEmpty();
    }

    @Test
    void containerHasNoMoreRightsThanItNeeds() throws IOException {
        assertThat(services())
                .isNotEmpty()
                .allSatisfy(service -> assertThat(service)
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"))
                        .containsEntry("security_opt", List.of("no-new-privileges:true"))
                        .containsKey("mem_limit"));
    }

    @Test
    void imageChecksItsHealth() throws IOException {
        assertThat(instructions("HEALTHCHECK")).singleElement().asString().contains("/livez", "SERVER_PORT:-8080");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "503, false", "404, false"})
    void healthCheckSucceedsOnlyIfTheGatewayIsLive(int status, boolean healthy) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/livez") ? status : 404, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(healthCheck(server.getAddress().getPort()) == 0).isEqualTo(healthy);
        } finally {
            server.stop(0);
        }
        assertThat(healthCheck(server.getAddress().getPort())).isNotZero();
    }

    /** The exit code of the image's command. */
    private static int healthCheck(int port) throws IOException, InterruptedException {
        String instruction = instructions("HEALTHCHECK").getFirst();
        List<String> command = JsonMapper.shared()
                .readValue(instruction.substring(instruction.indexOf('[')), new TypeReference<List<String>>() {});
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SERVER_PORT", String.valueOf(port));
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    @Test
    void everyFileOfTheContextExistsAndIsNotIgnored() throws IOException {
        List<String> kept = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(kept.getFirst()).isEqualTo("*");
        assertThat(instructions("COPY"))
                .filteredOn(copy -> !copy.startsWith("--from"))
                .map(copy -> copy.split(" ", 2)[0])
                .hasSize(3)
                .allSatisfy(source -> assertThat(Path.of(source)).exists())
                .allSatisfy(source -> assertThat(kept).contains("!" + source));
    }

    @Test
    void mountedFilesExist() throws IOException {
        assertThat(services())
                .flatMap(service -> list(service, "volumes"))
                .map(String::valueOf)
                .filteredOn(volume -> volume.startsWith("."))
                .isNotEmpty()
                .allSatisfy(
                        volume -> assertThat(Path.of(volume.split(":", 2)[0])).exists());
    }

    @Test
    void aotCacheIsMadeWithTheOptionsOfTheImage() throws IOException {
        List<String> trained = OPTION.matcher(continuedLine("train.sh /opt/gateway/tag-gateway.jar"))
                .results()
                .map(MatchResult::group)
                .toList();
        List<String> used = OPTION.matcher(instructions("ENTRYPOINT").getLast())
                .results()
                .map(MatchResult::group)
                .filter(option -> !option.equals("-XX:AOTCache=/opt/gateway/tag-gateway.aot"))
                .toList();

        assertThat(instructions("ENTRYPOINT")).last().asString().contains("-XX:AOTCache=/opt/gateway/tag-gateway.aot");
        assertThat(used).isNotEmpty().isEqualTo(trained);
    }

    @Test
    void dependenciesAreResolvedBeforeSourcesAreCopied() throws IOException {
        assertThat(instructions("COPY").getFirst()).isEqualTo("pom.xml .");
        assertThat(Files.readString(Path.of("Dockerfile")))
                .containsSubsequence("COPY pom.xml", "dependency:go-offline", "COPY src src");
        assertThat(instructions("COPY"))
                .containsSubsequence(
                        "--from=build /build/target/layers/dependencies/ ./",
                        "--from=build /build/target/layers/application/ ./");
    }

    @Test
    void filesOfTheTrainingExist() throws IOException {
        assertThat(instructions("COPY"))
                .filteredOn(copy -> copy.startsWith("--from=build /build/s"))
                .hasSize(3)
                .allSatisfy(copy -> assertThat(Path.of(copy.replaceAll("--from=build /build/(\\S+) .*", "$1")))
                        .exists());
    }

    private static String continuedLine(String part) throws IOException {
        return Files.readString(Path.of("Dockerfile"))
                .replace("\\\n", " ")
                .lines()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> instructions(String name) throws IOException {
        return Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .toList();
    }

    private static Map<String, Object> gateway() throws IOException {
        return map(map(compose(), "services"), "gateway");
    }

    private static List<Map<String, Object>> services() throws IOException {
        Map<String, Object> services = map(compose(), "services");
        return services.keySet().stream().map(name -> map(services, name)).toList();
    }

    private static Map<String, Object> compose() throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of("docker-compose.yml")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.getOrDefault(key, Map.of());
    }

    private static Collection<?> list(Map<String, Object> parent, String key) {
        return (Collection<?>) parent.getOrDefault(key, List.of());
    }
}
