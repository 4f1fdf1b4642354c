package io.taggateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation in Markdown. */
record MarkdownPage(Path file, String text) {

    static final Path README = Path.of("README.md");
    static final Path DOCS = Path.of("docs");

    private static final Pattern FENCE = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| `.*\\|$", Pattern.MULTILINE);

    static MarkdownPage of(Path file) {
        try {
            return new MarkdownPage(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page of {@code docs}. */
    static MarkdownPage of(String name) {
        return of(DOCS.resolve(name));
    }

    /** README, CONTRIBUTING and all pages of {@code docs}. */
    static List<MarkdownPage> all() {
        try (Stream<Path> docs = Files.walk(DOCS)) {
            return Stream.concat(Stream.of(README, Path.of("CONTRIBUTING.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(MarkdownPage::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The links to files of this repository, each as the path of the file, with an anchor if it has one. */
    Set<Link> links() {
        return LINK.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> target.split("#", 2))
                .map(parts -> new Link(target(parts[0]), parts.length > 1 ? parts[1] : ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The anchors of the headings, as GitHub derives them. */
    Set<String> anchors() {
        return HEADING.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The part below a heading, up to the next one of the same level. */
    String section(String heading) {
        int start = text.indexOf(heading + "\n");
        assertThat(start).as(heading).isNotNegative();
        String level = heading.substring(0, heading.indexOf(' ') + 1);
        int end = text.indexOf("\n" + level, start);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** The cells of each table row below a heading that begins with code. */
    List<List<String>> rows(String heading) {
        return rows(ROW, section(heading));
    }

    /** The cells of each table row of the page that begins with code. */
    List<List<String>> rows() {
        return rows(ROW, text);
    }

    /** The first group of each match in the page. */
    List<String> matches(Pattern pattern) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private Path target(String link) {
        return link.isEmpty() ? file : file.resolveSibling(link).normalize();
    }

    private static List<List<String>> rows(Pattern row, String text) {
        return row.matcher(text)
                .results()
                .map(match -> match.group().substring(1, match.group().length() - 1))
                .map(cells ->
                        Arrays.stream(cells.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }

    /** A link to a file, or to a heading of it. */
    record Link(Path file, String anchor) {}
}
