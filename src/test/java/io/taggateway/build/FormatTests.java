package io.taggateway.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests that every Java source is formatted by palantir-java-format, including its imports.
 *
 * <p>A test rather than Spotless, because the formatter borrows the compiler of the JDK it runs on: Maven's own may be
 * too old to read these sources, the tests' is not.
 */
@SlowTest
class FormatTests {

    private static final boolean WRITE = Boolean.getBoolean("format.write");

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    @Test
    void everySourceIsFormatted() throws IOException {
        List<Path> unformatted = sources().parallelStream()
                .filter(source -> !isFormatted(source))
                .toList();

        assertThat(unformatted)
                .as("sources to format, with: mvn test -Dtest=FormatTests -Dformat.write=true")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isFormatted(Path source) {
        try {
            String before = Files.readString(source);
            String after = FORMATTER.formatSourceAndFixImports(before);
            if (WRITE && !after.equals(before)) {
                Files.writeString(source, after);
                return true;
            }
            return after.equals(before);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (FormatterException exception) {
            throw new IllegalStateException(source + " cannot be read as Java", exception);
        }
    }
}
