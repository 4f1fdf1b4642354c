package io.taggateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.SourceError;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning.WarningCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that README and {@code docs} match the code, and that their links are valid. */
class DocumentationTests {

    private static final int MAX_README_LINES = 170;

    private static final Path MAIN = Path.of("src/main/java/io/taggateway");
    private static final Path CATALOGUE = Path.of("src/main/resources/application.yml");
    private static final Path FEDERATION = MarkdownPage.DOCS.resolve("federation");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+):([^}]*)}");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST_CLASS = Pattern.compile("(?<!-)\\b([A-Z][A-Za-z]+Tests)\\b");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]*)+)`");
    private static final Pattern STEP = Pattern.compile("^\\d+\\. `(\\w+)`", Pattern.MULTILINE);

    private final MarkdownPage readme = MarkdownPage.of(MarkdownPage.README);
    private final List<MarkdownPage> pages = MarkdownPage.all();

    @Test
    void readmeIsShort() {
        assertThat(readme.text().lines().count()).isLessThanOrEqualTo(MAX_README_LINES);
    }

    @Test
    void linksResolve() {
        assertThat(pages.stream().flatMap(page -> page.links().stream()))
                .hasSizeGreaterThan(40)
                .allSatisfy(link -> {
                    assertThat(link.file()).exists();
                    if (!link.anchor().isEmpty()) {
                        assertThat(MarkdownPage.of(link.file()).anchors()).contains(link.anchor());
                    }
                });
    }

    @Test
    void pagesAreReachableFromReadme() {
        Set<Path> reached = new LinkedHashSet<>(Set.of(MarkdownPage.README));
        Deque<Path> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            MarkdownPage.of(next.remove()).links().stream()
                    .flatMap(link -> pagesAt(link.file()))
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(reached::add)
                    .forEach(next::add);
        }
        assertThat(reached).containsAll(pages.stream().map(MarkdownPage::file).toList());
    }

    /** A link to a folder counts as a link to all pages in it. */
    private Stream<Path> pagesAt(Path target) {
        return Files.isDirectory(target)
                ? pages.stream().map(MarkdownPage::file).filter(file -> file.startsWith(target))
                : Stream.of(target);
    }

    @Test
    void everyVendorHasAPage() {
        assertThat(Vendor.values())
                .allSatisfy(vendor -> assertThat(
                                MarkdownPage.DOCS.resolve("vendors").resolve(vendor.prefix() + ".md"))
                        .exists());
    }

    @Test
    void configurationPageMatchesTheCatalogue() throws IOException {
        Map<String, String> catalogue = new LinkedHashMap<>();
        VARIABLE.matcher(Files.readString(CATALOGUE))
                .results()
                .forEach(variable -> catalogue.put(variable.group(1), variable.group(2)));
        Map<String, String> documented = new LinkedHashMap<>();
        Stream.concat(MarkdownPage.of("configuration.md").rows().stream(), settingsOfVendors())
                .filter(cells -> cells.getFirst().matches("`[A-Z0-9_]+`"))
                .forEach(cells -> {
                    documented.put(unquoted(cells.getFirst()), unquoted(cells.get(1)));
                    assertThat(cells.getLast()).as(cells.getFirst()).isNotBlank();
                });
        assertThat(documented).hasSizeGreaterThan(20).isEqualTo(catalogue);
    }

    private Stream<List<String>> settingsOfVendors() {
        return pagesAt(MarkdownPage.DOCS.resolve("vendors"))
                .map(MarkdownPage::of)
                .filter(page -> page.text().contains("\n## Settings\n"))
                .flatMap(page -> page.rows("## Settings").stream());
    }

    @Test
    void everyNamedVariableIsInTheCatalogue() throws IOException {
        String catalogue = Files.readString(CATALOGUE);
        String prefixes = Stream.concat(
                        Stream.of("GATEWAY", "SERVER"),
                        Arrays.stream(Vendor.values()).map(Vendor::name))
                .collect(Collectors.joining("|"));
        assertThat(named(Pattern.compile("(?<![A-Z_])((?:" + prefixes + ")_[A-Z_]+[A-Z])\\b")))
                .hasSizeGreaterThan(20)
                .filteredOn(name -> !name.equals(ErrorCode.GATEWAY_TIMEOUT.name()))
                .allMatch(variable -> catalogue.contains("${" + variable + ":"));
    }

    @Test
    void errorCodesMatchTheCode() {
        assertThat(codes("## Codes")).containsExactlyElementsOf(names(ErrorCode.values()));
    }

    @Test
    void userErrorsAndWarningsMatchTheCode() {
        assertThat(codes("## User errors")).containsExactlyInAnyOrderElementsOf(names(UserErrorCode.values()));
        assertThat(codes("## Warnings")).containsExactlyInAnyOrderElementsOf(names(WarningCode.values()));
    }

    @Test
    void reasonsMatchTheCode() {
        Set<String> documented = MarkdownPage.of("errors.md").rows("## Reasons").stream()
                .map(cells -> unquoted(cells.getFirst()) + " " + cells.getLast())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Arrays.stream(FailureReason.values())
                .filter(reason -> SourceError.reason(reason) != null)
                .map(reason -> SourceError.reason(reason) + " " + (reason.retryable() ? "yes" : "no"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(known);
    }

    /** The packages of one vendor are listed together with those of all others. */
    @Test
    void mapHasEveryPackage() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            List<String> packages = files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> MAIN.relativize(file.resolveSibling("")).toString())
                    .filter(name -> !name.isEmpty())
                    .map(DocumentationTests::withAnyVendor)
                    .distinct()
                    .toList();
            assertThat(readme.rows("## Map of packages").stream()
                            .flatMap(cells -> CODE.matcher(cells.getFirst()).results())
                            .map(match -> match.group(1)))
                    .hasSizeGreaterThan(10)
                    .containsExactlyInAnyOrderElementsOf(packages);
        }
    }

    private static String withAnyVendor(String name) {
        return Arrays.stream(Vendor.values())
                .map(vendor -> "/" + vendor.prefix())
                .filter(name::endsWith)
                .findFirst()
                .map(vendor -> name.replace(vendor, "/<vendor>"))
                .orElse(name);
    }

    @Test
    void configurationOfRoutersMatchesTheExample() throws IOException {
        String page = MarkdownPage.of("federation.md").text();
        try (Stream<Path> files = Files.list(FEDERATION)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(page)
                            .contains("`%s`".formatted(file.getFileName()))
                            .contains("```yaml\n%s```".formatted(Files.readString(file))));
        }
    }

    @Test
    void namedTestsExist() throws IOException {
        assertThat(named(TEST_CLASS)).isNotEmpty().isSubsetOf(classes());
    }

    /** Types, or alerts. Decisions may also name classes of libraries, and classes that were decided against. */
    @Test
    void namedTypesExist() throws IOException {
        Set<String> classes = classes();
        String schema = Files.readString(Path.of("schema/released/schema.graphqls"));
        String alerts = Files.readString(Path.of("deploy/prometheus/alerts.yml"));
        assertThat(pages.stream()
                        .filter(page -> !page.file().startsWith(MarkdownPage.DOCS.resolve("decisions")))
                        .flatMap(page -> page.matches(TYPE).stream()))
                .hasSizeGreaterThan(5)
                .allMatch(name -> classes.contains(name)
                        || schema.matches("(?s).*\\b" + name + "\\b.*")
                        || alerts.contains("- alert: " + name + "\n"));
    }

    /** A path has the classes of its steps, and those of the shared steps that it links before its count. */
    @ParameterizedTest
    @ValueSource(strings = {"(a)", "(b)", "(c)", "(d)"})
    void walkthroughCountsTheClassesOfEachPath(String path) {
        MarkdownPage page = MarkdownPage.of("request-walkthrough.md");
        String section = page.section(page.text()
                .lines()
                .filter(line -> line.startsWith("## " + path))
                .findFirst()
                .orElseThrow());
        String steps = section.substring(0, section.indexOf("**Classes:"));
        Set<String> shared = Stream.of("HTTP request", "Operation", "Vendor request", "HTTP response")
                .filter(heading ->
                        steps.contains("(#" + heading.toLowerCase(Locale.ROOT).replace(' ', '-') + ")"))
                .flatMap(heading ->
                        firstClasses(page.section("### " + heading).replaceFirst("(?s)\n## .*", "")).stream())
                .collect(Collectors.toSet());
        Set<String> all = firstClasses(steps);
        all.addAll(shared);
        assertThat(section)
                .contains("**Classes: %d.** %d of them are not in the shared steps"
                        .formatted(all.size(), all.size() - shared.size()));
    }

    private static Set<String> firstClasses(String steps) {
        return STEP.matcher(steps).results().map(step -> step.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .collect(Collectors.toSet());
        }
    }

    private List<String> named(Pattern pattern) {
        return pages.stream().flatMap(page -> page.matches(pattern).stream()).toList();
    }

    private static List<String> codes(String heading) {
        return MarkdownPage.of("errors.md").rows(heading).stream()
                .map(cells -> unquoted(cells.getFirst()))
                .toList();
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "");
    }
}
