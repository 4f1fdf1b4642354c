package io.taggateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each rule finds every violation in {@code fixtures.violations.<rule>}, and nothing else there.
 *
 * <p>The fixtures are outside {@code io.taggateway}, where Spring's component scan does not find them.
 *
 * <p>{@code RuleViolationTests-<RULE>.txt} has a part of each message, one a line.
 */
@SlowTest
class RuleViolationTests {

    @ParameterizedTest
    @EnumSource
    void ruleFindsEachViolation(ArchitectureRules rule) throws IOException {
        List<String> expected = Files.readAllLines(
                Path.of("src/test/resources/io/taggateway/architecture/RuleViolationTests-%s.txt".formatted(rule)));

        List<String> found = violations(rule);

        assertThat(expected).isNotEmpty().allSatisfy(part -> assertThat(found).anyMatch(text -> text.contains(part)));
        assertThat(found).allSatisfy(text -> assertThat(expected).anyMatch(text::contains));
    }

    private List<String> violations(ArchitectureRules rule) {
        String root =
                "fixtures.violations." + rule.name().toLowerCase(Locale.ROOT).replace("_", "");
        return rule
                .under(root)
                .evaluate(new ClassFileImporter().importPackages(root))
                .getFailureReport()
                .getDetails()
                .stream()
                .map(text -> text.replace(root + ".", ""))
                .toList();
    }
}
