package io.taggateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each rule finds all that is planted for it in {@code houses.planted.<rule>}, and nothing else there.
 *
 * <p>The houses stand outside {@code io.taggateway}, where Spring's component scan does not find them.
 *
 * <p>What it has to say of each violation stands in {@code PlantedViolationTests-<RULE>.txt}, a part a line.
 */
class PlantedViolationTests {

    @ParameterizedTest
    @EnumSource
    void ruleFindsWhatIsPlantedForIt(ArchitectureRules rule) throws IOException {
        List<String> expected = Files.readAllLines(
                Path.of("src/test/resources/io/taggateway/architecture/PlantedViolationTests-%s.txt".formatted(rule)));

        List<String> found = violations(rule);

        assertThat(expected).isNotEmpty().allSatisfy(part -> assertThat(found).anyMatch(text -> text.contains(part)));
        assertThat(found).allSatisfy(text -> assertThat(expected).anyMatch(text::contains));
    }

    private List<String> violations(ArchitectureRules rule) {
        String root = "houses.planted." + rule.name().toLowerCase(Locale.ROOT).replace("_", "");
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
