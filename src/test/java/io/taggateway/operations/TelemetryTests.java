package io.taggateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests of the metrics and traces of a gateway with a collector. */
@SlowTest
class TelemetryTests {

    private static final Pattern OF_THE_JVM =
            Pattern.compile("(jvm|process|system|disk|logback|executor|application)_.*");
    private static final Pattern FAMILY = Pattern.compile("^# TYPE (\\w+) ", Pattern.MULTILINE);
    private static final Pattern UNIT = Pattern.compile("(_total|_seconds|_bytes)?(_max)?$");
    private static final Pattern DOCUMENTED = Pattern.compile("`([a-z0-9]+_[a-z0-9_]+[a-z])`");
    private static final Pattern NAMED_IN_CODE = Pattern.compile("\"(taggateway\\.[a-z.]+)\"");

    private static final Queue<String> EXPORTED = new ConcurrentLinkedQueue<>();

    private static HttpServer collector;
    private static SandboxedGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            EXPORTED.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Map<String, String> variables = new HashMap<>(Map.of(
                "GATEWAY_METRICS_MAX_OPERATIONS", "2",
                "management.opentelemetry.tracing.export.otlp.endpoint",
                        "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces",
                "management.opentelemetry.tracing.export.schedule-delay", "100ms",
                "management.tracing.sampling.probability", "1.0"));
        gateway = SandboxedGateway.start(variables);
        Stream.of(
                        "query First { tags { nodes { id } } contacts(first: 1) { nodes { tags { id } } } }",
                        "query Second { call(id: \"sipsim:call:100001\") { tags { id } contact { id } } }",
                        "query Third { call(id: \"sipsim:call:7\") { id } }",
                        "{ vendors { vendor } }",
                        "{ tags {",
                        "{ none }",
                        "mutation Made { createTag(input: {name: \"Made\"}) { userErrors { message } } }")
                .forEach(gateway.gateway().caller()::execute);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        collector.stop(0);
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        assertThat(families(FAMILY, scrape()))
                .hasSizeGreaterThan(20)
                .filteredOn(name -> !OF_THE_JVM.matcher(name).matches())
                .isSubsetOf(families(DOCUMENTED, Files.readString(Path.of("docs/operations.md"))));
    }

    @Test
    void everyMetricOfTheGatewayIsInTheCode() throws IOException {
        String code;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            code = files.filter(file -> file.toString().endsWith(".java"))
                    .map(TelemetryTests::read)
                    .collect(Collectors.joining());
        }
        Set<String> named = families(NAMED_IN_CODE, code);
        named.remove("taggateway_negotiated");
        assertThat(families(DOCUMENTED, Files.readString(Path.of("docs/operations.md"))))
                .filteredOn(name -> name.startsWith("taggateway_"))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void operationsAreMeasuredByABoundedNumberOfNames() {
        assertThat(scrape().lines()
                        .filter(line -> line.startsWith("graphql_request_seconds_count"))
                        .collect(Collectors.joining("\n")))
                .contains(
                        "graphql_request_seconds_count{error=\"none\",graphql_operation_name=\"First\","
                                + "graphql_operation_type=\"query\",graphql_outcome=\"SUCCESS\"} 1",
                        "graphql_operation_name=\"Second\"",
                        "graphql_operation_name=\"(others)\",graphql_operation_type=\"query\","
                                + "graphql_outcome=\"SUCCESS\"} 1",
                        "graphql_operation_name=\"(unnamed)\",graphql_operation_type=\"query\"")
                .doesNotContain("\"Third\"", "\"Made\"");
    }

    @Test
    void documentThatDoesNotParseIsAnErrorOfTheRequest() {
        assertThat(scrape().lines()
                        .filter(line -> line.startsWith("graphql_request"))
                        .filter(line -> !line.contains("bucket"))
                        .collect(Collectors.joining("\n")))
                .contains("graphql_operation_type=\"operation\",graphql_outcome=\"REQUEST_ERROR\"} 2")
                .doesNotContain("INTERNAL_ERROR");
    }

    @Test
    void requestsToVendorsAreMeasuredByTheirTemplate() {
        assertThat(scrape().lines().filter(line -> line.startsWith("http_client_requests_seconds_count")))
                .anyMatch(line -> line.contains("client_name=\"sipsim\"") && line.contains("uri=\"/calls/{id}\""))
                .anyMatch(line -> line.contains("uri=\"/workspaces/{id}/tags\""))
                .noneMatch(line -> line.contains("none\"}") || line.contains("100001"));
    }

    @Test
    void durationsHaveTheConfiguredBuckets() {
        assertThat(Stream.of("http_server_requests", "graphql_request", "taggateway_source_fetch"))
                .allSatisfy(name -> assertThat(scrape().lines()
                                .filter(line -> line.startsWith(name + "_seconds_bucket"))
                                .map(line -> line.replaceFirst(".*le=\"([^\"]+)\".*", "$1"))
                                .distinct())
                        .containsExactly(
                                "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0",
                                "+Inf"));
    }

    @Test
    void tracesAreExportedOverOtlp() {
        await().untilAsserted(() -> assertThat(String.join("", EXPORTED))
                .startsWith("application/x-protobuf ")
                .contains("tag-gateway", "http post /graphql", "graphql query", "/workspaces/{id}/tags", "Third")
                .doesNotContain("createTag("));
    }

    private static String scrape() {
        return new String(
                gateway.gateway()
                        .caller()
                        .http()
                        .get()
                        .uri("/actuator/prometheus")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBodyContent(),
                StandardCharsets.UTF_8);
    }

    /** The names in a text, without their units, as Prometheus has them. */
    private static Set<String> families(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> UNIT.matcher(match.group(1).replace('.', '_')).replaceAll(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
