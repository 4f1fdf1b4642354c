package io.taggateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.api.error.ErrorCode;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that alert rules and dashboards match the metrics of a gateway, and the documentation. */
@GatewayTest
class MonitoringTests {

    private static final Path ALERTS = Path.of("deploy/prometheus/alerts.yml");
    private static final Path DASHBOARDS = Path.of("deploy/grafana/dashboards");

    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern NOT_METRICS = Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\bby \\([^)]*\\)|\\b\\w+\\(");
    private static final Pattern METRIC = Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b");
    private static final Pattern IN_CODE = Pattern.compile("\"(taggateway\\.[a-z.]+)\"");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");

    private static final Pattern SUFFIX = Pattern.compile("(_seconds)?_(total|count|sum|bucket|max)$");

    /** The labels that Prometheus adds, and the bound of a bucket. */
    private static final Set<String> ALWAYS = Set.of("instance", "job", "le");

    private final TestGateway gateway;

    MonitoringTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    /** Some meters exist only where callers authenticate; these are looked for in the code. */
    @Test
    void everyQueriedMetricExists() {
        Map<String, Set<String>> samples = samples();
        Set<String> others = namesInCode().stream()
                .filter(known -> samples.keySet().stream().noneMatch(name -> name.startsWith(known)))
                .collect(Collectors.toSet());
        assertThat(expressions().flatMap(expression -> metrics(expression).stream()))
                .hasSizeGreaterThan(40)
                .allMatch(name -> samples.containsKey(name)
                        || others.contains(SUFFIX.matcher(name).replaceAll("")));
    }

    @Test
    void everyQueriedLabelExists() {
        Map<String, Set<String>> samples = samples();
        assertThat(expressions().filter(expression -> samples.keySet().containsAll(metrics(expression))))
                .hasSizeGreaterThan(25)
                .allSatisfy(expression ->
                        assertThat(labels(expression)).as(expression).isSubsetOf(known(samples, metrics(expression))));
    }

    @Test
    void everyQueriedOutcomeAndCodeExists() {
        Set<String> outcomes = Stream.concat(
                        Arrays.stream(FailureReason.values())
                                .map(reason -> reason.name().toLowerCase(Locale.ROOT)),
                        Stream.of("ok"))
                .collect(Collectors.toSet());
        assertThat(values("source_fetch", "outcome")).hasSizeGreaterThan(5).isSubsetOf(outcomes);
        assertThat(values("errors_total", "code"))
                .isNotEmpty()
                .isSubsetOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    @Test
    void everyAlertIsDocumented() throws IOException {
        assertThat(alerts().stream().map(alert -> alert.path("alert").asString()))
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("^\\| `([A-Z]\\w+)` \\|", Pattern.MULTILINE)
                        .matcher(section("## Alerts"))
                        .results()
                        .map(match -> match.group(1))
                        .toList());
    }

    @Test
    void everyAlertHasASeverityAndASummaryOfItsLabels() {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.path("labels").path("severity").asString()).isIn("page", "ticket");
            String summary = alert.path("annotations").path("summary").asString();
            assertThat(summary).isNotBlank();
            assertThat(legend(summary)).isSubsetOf(grouped(alert.path("expr").asString()));
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsDescribeWhatTheyShow(Path file) {
        JsonNode dashboard = read(file);
        assertThat(dashboard.path("title").asString()).isNotBlank();
        assertThat(dashboard.path("panels")).hasSizeGreaterThan(5).allSatisfy(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("description").asString()).endsWith(".");
            assertThat(panel.path("targets"))
                    .isNotEmpty()
                    .allSatisfy(target -> assertThat(
                                    legend(target.path("legendFormat").asString()))
                            .isSubsetOf(grouped(target.path("expr").asString())));
        });
    }

    /** The labels that distinguish results: those of its grouping, or else all labels. */
    private Set<String> grouped(String expression) {
        Set<String> labels = groupings(expression);
        return labels.isEmpty() ? known(samples(), metrics(expression)) : labels;
    }

    private static Stream<String> expressions() {
        return Stream.concat(
                alerts().stream().map(alert -> alert.path("expr").asString()),
                dashboards().flatMap(file -> read(file).findValuesAsString("expr").stream()));
    }

    private static Set<String> metrics(String expression) {
        return METRIC.matcher(NOT_METRICS.matcher(expression).replaceAll(" "))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> labels(String expression) {
        return Stream.concat(
                        LABEL.matcher(expression).results().map(match -> match.group(1)),
                        groupings(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> groupings(String expression) {
        return GROUPING.matcher(expression)
                .results()
                .flatMap(match -> Arrays.stream(match.group(1).split(",\\s*")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> legend(String text) {
        return LEGEND.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> known(Map<String, Set<String>> samples, Set<String> metrics) {
        return Stream.concat(
                        ALWAYS.stream(),
                        metrics.stream().flatMap(name -> samples.getOrDefault(name, Set.of()).stream()))
                .collect(Collectors.toSet());
    }

    private static List<String> values(String metric, String label) {
        return expressions()
                .filter(expression -> expression.contains(metric))
                .flatMap(expression -> LABEL.matcher(expression).results())
                .filter(match -> match.group(1).equals(label))
                .flatMap(match -> Arrays.stream(match.group(2).split("\\|")))
                .toList();
    }

    /** The labels of each sample, by its name. */
    private Map<String, Set<String>> samples() {
        gateway.execute(
                "{ tags { nodes { id } } calls(first: 1) { nodes { id } } contacts(first: 1) { nodes { id }" + " } }");
        gateway.execute("{ none }");
        String scrape = new String(
                gateway.http()
                        .get()
                        .uri("/actuator/prometheus")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBodyContent(),
                StandardCharsets.UTF_8);
        Map<String, Set<String>> samples = new HashMap<>(Map.of("up", Set.of()));
        SAMPLE.matcher(scrape)
                .results()
                .forEach(sample -> samples.computeIfAbsent(sample.group(1), name -> new TreeSet<>())
                        .addAll(labelsOf(sample)));
        return samples;
    }

    private static Set<String> labelsOf(MatchResult sample) {
        return sample.group(2) == null ? Set.of() : labels(sample.group(2));
    }

    private static Set<String> namesInCode() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> IN_CODE.matcher(text(file)).results())
                    .map(match -> match.group(1).replace('.', '_'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> dashboards() {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> alerts() {
        Object file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(ALERTS));
        return JsonMapper.shared()
                .<JsonNode>valueToTree(file)
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    private static String section(String heading) {
        String page = text(Path.of("docs/operations.md"));
        int start = page.indexOf(heading + "\n");
        assertThat(start).isNotNegative();
        int end = page.indexOf("\n## ", start);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    private static JsonNode read(Path file) {
        return JsonMapper.shared().readTree(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
