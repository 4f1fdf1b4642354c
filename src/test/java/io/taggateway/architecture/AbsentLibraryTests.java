package io.taggateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries have their home before they move in: stand-ins of their names are compiled on the spot. */
class AbsentLibraryTests {

    private static final String ROOT = "house";

    @TempDir
    Path sources = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "io.github.resilience4j.retry.Retry, upstream, vendor",
        "io.lettuce.core.RedisClient, upstream, access",
        "org.springframework.data.redis.core.ReactiveRedisTemplate, upstream, tagging",
        "io.github.bucket4j.Bucket, access, api",
        "com.fasterxml.jackson.databind.ObjectMapper, , upstream"
    })
    void libraryIsAllowedAtHomeAndNowhereElse(String library, @Nullable String home, String elsewhere)
            throws IOException {
        if (home != null) {
            assertThat(useOf(library, home).hasViolation()).isFalse();
        }
        assertThat(useOf(library, elsewhere).getFailureReport().getDetails()).anyMatch(text -> text.contains(library));
    }

    private EvaluationResult useOf(String library, String room) throws IOException {
        Path user = write(ROOT + "." + room + ".User", library + " used;");
        compile(user, write(library, ""));
        return ArchitectureRules.LIBRARIES_HAVE_ONE_HOME
                .under(ROOT)
                .evaluate(new ClassFileImporter().importPath(user.resolveSibling("User.class")));
    }

    private Path write(String name, String body) throws IOException {
        int dot = name.lastIndexOf('.');
        Path source = sources.resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(source.resolveSibling("."));
        String text =
                "package %s; public class %s { %s }".formatted(name.substring(0, dot), name.substring(dot + 1), body);
        return Files.writeString(source, text);
    }

    private static void compile(Path... files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String[] arguments = Stream.concat(
                        Stream.of("-proc:none"), Stream.of(files).map(Path::toString))
                .toArray(String[]::new);
        assertThat(compiler.run(null, null, null, arguments)).isZero();
    }
}
