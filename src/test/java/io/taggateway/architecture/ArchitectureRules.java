package io.taggateway.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * The rules of the architecture, for {@code io.taggateway} and for the fixtures.
 *
 * <p>A new rule needs a fixture that violates it, which {@link RuleViolationTests} reads.
 */
enum ArchitectureRules {
    CLASSES_ARE_IN_LISTED_PACKAGES,
    DEPENDENCIES_HAVE_ONE_DIRECTION,
    VENDORS_ARE_INDEPENDENT,
    VENDOR_TYPES_ARE_PACKAGE_PRIVATE,
    TAGGING_USES_NO_FRAMEWORK,
    PACKAGES_HAVE_NO_CYCLES,
    PACKAGES_HAVE_FEW_TYPES,
    LIBRARIES_STAY_IN_THEIR_PACKAGES,
    VENDOR_CONSTANTS_STAY_WITH_VENDORS,
    CODE_DOES_NOT_BLOCK,
    PACKAGES_ARE_NULL_MARKED,
    FIELDS_ARE_NOT_INJECTED,
    OPTIONAL_IS_ONLY_RETURNED,
    NOTHING_IS_PRINTED,
    NAMES_ARE_SPECIFIC,
    NAMES_ARE_UNIQUE,
    TESTS_DO_NOT_MOCK,
    TESTS_DO_NOT_SLEEP,
    TEST_CLASSES_ARE_NAMED_BY_ROLE,
    TEST_METHODS_ARE_STATEMENTS,
    TESTS_ARE_NEITHER_RENAMED_NOR_DISABLED;

    static Stream<ArchitectureRules> forMainCode() {
        return Stream.of(values()).filter(rule -> !rule.isForTests());
    }

    static Stream<ArchitectureRules> forTests() {
        return Stream.of(values()).filter(ArchitectureRules::isForTests);
    }

    private boolean isForTests() {
        return compareTo(TESTS_DO_NOT_MOCK) >= 0;
    }

    /** The rule for the packages below {@code root}. */
    ArchRule under(String root) {
        PackageLayout layout = new PackageLayout(root);
        return switch (this) {
            case CLASSES_ARE_IN_LISTED_PACKAGES -> PackageRules.classesAreInListedPackages(layout);
            case DEPENDENCIES_HAVE_ONE_DIRECTION -> PackageRules.dependenciesHaveOneDirection(layout);
            case VENDORS_ARE_INDEPENDENT -> PackageRules.vendorsAreIndependent(layout);
            case VENDOR_TYPES_ARE_PACKAGE_PRIVATE -> PackageRules.vendorTypesArePackagePrivate(layout);
            case TAGGING_USES_NO_FRAMEWORK -> PackageRules.taggingUsesNoFramework(layout);
            case PACKAGES_HAVE_NO_CYCLES -> PackageRules.packagesHaveNoCycles();
            case PACKAGES_HAVE_FEW_TYPES -> PackageRules.packagesHaveFewTypes(layout);
            case LIBRARIES_STAY_IN_THEIR_PACKAGES -> LibraryRules.librariesStayInTheirPackages(layout);
            case VENDOR_CONSTANTS_STAY_WITH_VENDORS -> PackageRules.vendorConstantsStayWithVendors(layout);
            case CODE_DOES_NOT_BLOCK -> CodeRules.codeDoesNotBlock();
            case PACKAGES_ARE_NULL_MARKED -> CodeRules.packagesAreNullMarked();
            case FIELDS_ARE_NOT_INJECTED -> CodeRules.fieldsAreNotInjected();
            case OPTIONAL_IS_ONLY_RETURNED -> CodeRules.optionalIsOnlyReturned();
            case NOTHING_IS_PRINTED -> CodeRules.nothingIsPrinted();
            case NAMES_ARE_SPECIFIC -> NamingRules.namesAreSpecific(root);
            case NAMES_ARE_UNIQUE -> NamingRules.namesAreUnique();
            case TESTS_DO_NOT_MOCK -> TestCodeRules.testsDoNotMock();
            case TESTS_DO_NOT_SLEEP -> TestCodeRules.testsDoNotSleep();
            case TEST_CLASSES_ARE_NAMED_BY_ROLE -> TestCodeRules.testClassesAreNamedByRole();
            case TEST_METHODS_ARE_STATEMENTS -> TestCodeRules.testMethodsAreStatements();
            case TESTS_ARE_NEITHER_RENAMED_NOR_DISABLED -> TestCodeRules.testsAreNeitherRenamedNorDisabled();
        };
    }
}
