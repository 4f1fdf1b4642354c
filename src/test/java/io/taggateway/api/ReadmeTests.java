package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.SourceError;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.whole.GatewayTest;
import io.taggateway.whole.WholeGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** What the README says is so. */
@GatewayTest
class ReadmeTests {

    private static final Path MAIN = Path.of("src/main/java/io/taggateway");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+):([^}]*)}");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|(.*)\\|$", Pattern.MULTILINE);
    private static final Pattern ANSWER = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SENT = Pattern.compile("-d '([^']*)'");

    private final WholeGateway gateway;
    private final String readme;

    ReadmeTests(WholeGateway gateway) throws IOException {
        this.gateway = gateway;
        this.readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void configurationTableIsTheCatalogue() throws IOException {
        Map<String, String> catalogue = new LinkedHashMap<>();
        VARIABLE.matcher(Files.readString(Path.of("src/main/resources/application.yml")))
                .results()
                .forEach(variable -> catalogue.put(variable.group(1), variable.group(2)));
        Map<String, String> table = new LinkedHashMap<>();
        rows("## Configuration").forEach(row -> {
            List<String> cells = cells(row);
            table.put(row.group(1), cells.getFirst().replace("`", ""));
            assertThat(cells.getLast()).as(row.group(1)).isNotBlank();
        });
        assertThat(table).hasSizeGreaterThan(20).isEqualTo(catalogue);
    }

    @Test
    void everyVariableThatIsNamedIsInTheCatalogue() throws IOException {
        String catalogue = Files.readString(Path.of("src/main/resources/application.yml"));
        assertThat(matches("\\b((?:GATEWAY|SIPSIM|SWIPEONE|SERVER)_[A-Z_]+[A-Z])\\b"))
                .hasSizeGreaterThan(20)
                .filteredOn(name -> !name.equals(ErrorCode.GATEWAY_TIMEOUT.name()))
                .allMatch(variable -> catalogue.contains("${" + variable + ":"));
    }

    @Test
    void exampleIsAnsweredAsItSays() {
        String body = first(SENT, readme);
        byte[] answer = gateway.http()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(answer).isNotNull();
        assertThat(normalized(new String(answer, StandardCharsets.UTF_8))).isEqualTo(normalized(first(ANSWER, readme)));
    }

    @Test
    void faultsCanBeSetAndTakenAwayAsItSays() {
        String fault = SENT.matcher(section("## The sandbox, and how to make it fail"))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        WebTestClient sandbox = WebTestClient.bindToServer()
                .responseTimeout(Duration.ofMinutes(1))
                .baseUrl(gateway.sipsim().origin())
                .build();
        sandbox.put()
                .uri("/sandbox/fault")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(fault)
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(gateway.errors("{ calls { nodes { id } } }"))
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions())
                        .containsEntry("reason", "UPSTREAM_RATE_LIMITED")
                        .containsEntry("retryAfterSeconds", 30));
        sandbox.delete().uri("/sandbox/fault").exchange().expectStatus().isNoContent();
        gateway.clock().advance(Duration.ofSeconds(30));
        gateway.ask("{ calls(first: 1) { nodes { id } } }")
                .path("calls.nodes[0].id")
                .hasValue();
        sandbox.get()
                .uri("/sandbox/requests")
                .exchange()
                .expectBody()
                .jsonPath("$.total")
                .isEqualTo(2);
    }

    @Test
    void errorCodesAreThoseOfTheCode() {
        assertThat(rows("## Errors").map(row -> row.group(1)).filter(code -> !isReason(code)))
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    @Test
    void reasonsAreThoseOfTheCode() {
        Set<String> told = rows("## Errors")
                .filter(row -> isReason(row.group(1)))
                .map(row -> row.group(1) + " " + cells(row).getLast())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Arrays.stream(FailureReason.values())
                .filter(reason -> SourceError.reason(reason) != null)
                .map(reason -> SourceError.reason(reason) + " " + (reason.retryable() ? "yes" : "no"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(known);
    }

    @Test
    void mapHasEveryRoom() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            List<String> rooms = files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> MAIN.relativize(file.resolveSibling("")).toString())
                    .filter(room -> !room.isEmpty())
                    .toList();
            assertThat(rows("## Map of rooms").map(row -> row.group(1)))
                    .hasSizeGreaterThan(10)
                    .containsExactlyInAnyOrderElementsOf(rooms);
        }
    }

    @Test
    void linksLeadToFiles() {
        assertThat(matches("\\]\\(([^)#]+)\\)"))
                .hasSizeGreaterThan(5)
                .filteredOn(link -> !link.startsWith("http"))
                .allMatch(link -> Files.exists(Path.of(link)));
    }

    @Test
    void configurationOfRoutersIsThatOfTheExample() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs/federation"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(readme)
                            .contains("`%s`".formatted(file.getFileName()))
                            .contains("```yaml\n%s```".formatted(Files.readString(file))));
        }
    }

    @Test
    void testsThatAreNamedAreThere() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Set<String> classes = files.map(
                            file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
            assertThat(matches("\\b([A-Z][A-Za-z]+Tests)\\b")).isNotEmpty().allMatch(classes::contains);
        }
    }

    private Stream<MatchResult> rows(String heading) {
        return ROW.matcher(section(heading)).results();
    }

    private String section(String heading) {
        int start = readme.indexOf(heading + "\n");
        assertThat(start).as(heading).isNotNegative();
        int end = readme.indexOf("\n## ", start);
        return readme.substring(start, end < 0 ? readme.length() : end);
    }

    private List<String> matches(String pattern) {
        return Pattern.compile(pattern)
                .matcher(readme)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> cells(MatchResult row) {
        return Arrays.stream(row.group(2).split("\\|")).map(String::strip).toList();
    }

    private static boolean isReason(String code) {
        return code.startsWith("UPSTREAM_")
                || Set.of("NOT_CONFIGURED", "CIRCUIT_OPEN").contains(code);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String normalized(String json) {
        return JsonMapper.shared().readTree(json).toPrettyString();
    }
}
