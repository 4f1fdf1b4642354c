package io.taggateway.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import io.taggateway.support.SlowTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the gateway conforms to the rules. */
@SlowTest
class ArchitectureTests {

    private static final String ROOT = "io.taggateway";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);

    @ParameterizedTest
    @MethodSource("io.taggateway.architecture.ArchitectureRules#forMainCode")
    void mainCodeConformsToTheRule(ArchitectureRules rule) {
        rule.under(ROOT).check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("io.taggateway.architecture.ArchitectureRules#forTests")
    void testsConformToTheRule(ArchitectureRules rule) {
        rule.under(ROOT).check(TESTS);
    }
}
