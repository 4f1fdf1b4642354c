package io.taggateway.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that a test needs. Without it, the test is skipped, or fails if {@code CI} is true.
 *
 * @param remedy what to install
 * @param names the names of the program, the preferred one first
 */
public record Program(String remedy, List<String> names) {

    public static final Program NODE = new Program("install Node.js 20 or later", List.of("node"));
    public static final Program NPM = new Program("install npm, which comes with Node.js", List.of("npm"));
    /** The headless shell needs two thirds of the CPU time of a browser. */
    public static final Program BROWSER = new Program(
            "install Chromium, for example Debian's package chromium-headless-shell",
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"));

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    /** The first of its names on the PATH. */
    public Path path() {
        return names.stream()
                .flatMap(Program::onPath)
                .findFirst()
                .orElseThrow(() -> missing("No " + String.join(" or ", names) + " on the PATH: " + remedy));
    }

    private static Stream<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    /**
     * Ends the test with this message: it fails in CI, or else is skipped and logged, as Maven does not print the
     * reason.
     */
    static TestAbortedException missing(String sentence) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(sentence);
        }
        LOG.warn("Skipped. {}", sentence);
        return new TestAbortedException(sentence);
    }
}
