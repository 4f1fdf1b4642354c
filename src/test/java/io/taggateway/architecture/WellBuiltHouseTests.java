package io.taggateway.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules let pass what they are meant to allow: a small house with all its rooms in {@code houses.wellbuilt}. */
class WellBuiltHouseTests {

    private static final String ROOT = "houses.wellbuilt";

    private static final JavaClasses HOUSE = new ClassFileImporter().importPackages(ROOT);

    @ParameterizedTest
    @MethodSource("io.taggateway.architecture.ArchitectureRules#forMainCode")
    void ruleAllowsWhatIsMeantToBe(ArchitectureRules rule) {
        rule.under(ROOT).check(HOUSE);
    }
}
