package io.taggateway.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.taggateway.support.SlowTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that each rule passes on {@code fixtures.conforming}, which has all packages. */
@SlowTest
class RuleConformanceTests {

    private static final String ROOT = "fixtures.conforming";

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT);

    @ParameterizedTest
    @MethodSource("io.taggateway.architecture.ArchitectureRules#forMainCode")
    void rulePassesOnConformingCode(ArchitectureRules rule) {
        rule.under(ROOT).check(CLASSES);
    }
}
