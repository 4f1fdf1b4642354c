package io.taggateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;

/** Rules for tests. */
final class TestCodeRules {

    private static final PackageMatcher MOCKITO = PackageMatcher.of("..mockito..");

    private static final Pattern STATEMENT = Pattern.compile("(?!(?:test|should)(?:[A-Z]|$))[a-z][A-Za-z0-9]*");

    private static final Set<String> UNWANTED = Set.of(
            "org.junit.jupiter.api.DisplayName",
            "org.junit.jupiter.api.DisplayNameGeneration",
            "org.junit.jupiter.api.Disabled");

    private TestCodeRules() {}

    static ArchRule testsDoNotMock() {
        return classes()
                .should(ViolationCondition.none(
                        "use fakes instead of mocks",
                        type -> PackageLayout.dependenciesOf(type)
                                .filter(dependency -> MOCKITO.matches(PackageLayout.targetPackage(dependency)))
                                .map(Dependency::getDescription)))
                .because("a mock repeats what the test's author believed, a fake keeps the contract");
    }

    static ArchRule testsDoNotSleep() {
        return classes()
                .should(ViolationCondition.none("wait for an event, not for a while", CodeRules::sleeps))
                .because("a sleep is too short on one machine and too long on all others");
    }

    static ArchRule testClassesAreNamedByRole() {
        return classes()
                .should(ViolationCondition.none("end with Tests, or with Contract where abstract", type -> {
                    JavaClass outermost = outermost(type);
                    String role = outermost.getModifiers().contains(JavaModifier.ABSTRACT) ? "Contract" : "Tests";
                    return hasTests(type) && !outermost.getSimpleName().endsWith(role)
                            ? Stream.of(outermost.getName() + " should end with " + role)
                            : Stream.empty();
                }))
                .because("Maven runs only *Tests, and each adapter looks for its contract by name");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(TestCodeRules::outermost).orElse(type);
    }

    private static boolean hasTests(JavaClass type) {
        return type.getAllMethods().stream().anyMatch(TestCodeRules::isTest);
    }

    static ArchRule testMethodsAreStatements() {
        return classes()
                .should(ViolationCondition.none(
                        "state an outcome in camel case in each test",
                        type -> type.getMethods().stream()
                                .filter(TestCodeRules::isTest)
                                .filter(method ->
                                        !STATEMENT.matcher(method.getName()).matches())
                                .map(method -> method.getFullName() + " is not a statement")))
                .because("the list of tests reads as the list of promises");
    }

    private static boolean isTest(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class);
    }

    static ArchRule testsAreNeitherRenamedNorDisabled() {
        return classes()
                .should(ViolationCondition.none(
                        "have no @DisplayName and no @Disabled",
                        type -> Stream.concat(
                                isUnwanted(type)
                                        ? Stream.of(type.getName() + " is renamed or disabled")
                                        : Stream.empty(),
                                type.getMethods().stream()
                                        .filter(TestCodeRules::isUnwanted)
                                        .map(method -> method.getFullName() + " is renamed or disabled"))))
                .because("a second name drifts from the first, and a test that does not run promises nothing");
    }

    private static boolean isUnwanted(CanBeAnnotated element) {
        return UNWANTED.stream().anyMatch(element::isAnnotatedWith);
    }
}
