package io.taggateway.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that no file names paths of a machine or registries of packages. */
class RepositoryTests {

    private static final Set<String> NOT_OURS =
            Set.of(".git", ".idea", ".vscode", ".settings", "target", "node_modules");

    /** Written in a form that does not match this file. */
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.*})<>/-])/(?:work|root)(?![\\w-])");

    private static final Pattern REGISTRY = Pattern.compile("(?i)registry[.]npmjs|registry[.]yarnpkg|repo1?[.]maven"
            + "|central[.]sonatype|deb[.]debian|archive[.]ubuntu|artifactor[y]|jfro[g]|sonatype[.]org");

    private static final Pattern RESOLVED = Pattern.compile("\"resolved\"\\s*:");

    @Test
    void noFileNamesPathsOfAMachine() throws IOException {
        assertThat(files()).isNotEmpty().noneMatch(file -> contains(file, MACHINE_PATH));
    }

    @Test
    void noFileNamesARegistry() throws IOException {
        assertThat(files()).isNotEmpty().noneMatch(file -> contains(file, REGISTRY));
    }

    @Test
    void lockFilesNameNoAddresses() throws IOException {
        assertThat(files())
                .filteredOn(file -> file.endsWith("package-lock.json"))
                .noneMatch(file -> contains(file, RESOLVED));
    }

    private static boolean contains(Path file, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static List<Path> files() throws IOException {
        return walk(Path.of("")).toList();
    }

    private static Stream<Path> walk(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children
                    .filter(child -> !NOT_OURS.contains(child.getFileName().toString()))
                    .toList()
                    .stream()
                    .flatMap(RepositoryTests::filesOf);
        }
    }

    private static Stream<Path> filesOf(Path child) {
        try {
            return Files.isDirectory(child) ? walk(child) : Stream.of(child);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
