package io.taggateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import io.taggateway.support.SlowTest;
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

/** Rules for libraries that are not dependencies yet: the test compiles classes with their names. */
@SlowTest
class AbsentLibraryTests {

    private static final String ROOT = "gateway";

    @TempDir
    Path sources = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "io.github.resilience4j.retry.Retry, upstream, vendor",
        "io.lettuce.core.RedisClient, cluster, access",
        "org.springframework.data.redis.core.ReactiveRedisTemplate, cluster, tagging",
        "io.github.bucket4j.Bucket, access, api",
        "com.fasterxml.jackson.databind.ObjectMapper, , upstream"
    })
    void libraryIsAllowedInItsPackagesOnly(String library, @Nullable String allowed, String elsewhere)
            throws IOException {
        if (allowed != null) {
            assertThat(useOf(library, allowed).hasViolation()).isFalse();
        }
        assertThat(useOf(library, elsewhere).getFailureReport().getDetails()).anyMatch(text -> text.contains(library));
    }

    private EvaluationResult useOf(String library, String layer) throws IOException {
        Path user = write(ROOT + "." + layer + ".User", library + " used;");
        compile(user, write(library, ""));
        return ArchitectureRules.LIBRARIES_STAY_IN_THEIR_PACKAGES
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
