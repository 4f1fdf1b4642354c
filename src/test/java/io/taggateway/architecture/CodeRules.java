package io.taggateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Rules for the code of a class. */
final class CodeRules {

    private static final Map<String, Set<String>> BLOCKING = Map.of(
            "reactor.core.publisher.Mono", Set.of("block", "blockOptional"),
            "reactor.core.publisher.Flux", Set.of("blockFirst", "blockLast", "toIterable", "toStream"),
            "java.util.concurrent.Future", Set.of("get"),
            "java.util.concurrent.CompletableFuture", Set.of("join"),
            "java.util.concurrent.CountDownLatch", Set.of("await"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"),
            "java.lang.Thread", Set.of("sleep", "join"),
            "java.lang.Object", Set.of("wait"));

    private static final Map<String, Set<String>> SLEEPING = Map.of(
            "java.lang.Thread", Set.of("sleep"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"));

    private static final Map<String, Set<String>> PRINTING =
            Map.of("java.lang.System", Set.of("out", "err"), "java.lang.Throwable", Set.of("printStackTrace"));

    private static final Set<String> INJECTING = Set.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.inject.Inject",
            "jakarta.annotation.Resource");

    private static final Set<String> OPTIONALS =
            Set.of("java.util.Optional", "java.util.OptionalInt", "java.util.OptionalLong", "java.util.OptionalDouble");

    private CodeRules() {}

    static ArchRule codeDoesNotBlock() {
        return classes()
                .should(ViolationCondition.none("wait for nothing", type -> uses(type, BLOCKING)))
                .because("a blocked event loop stops every caller");
    }

    static Stream<String> sleeps(JavaClass type) {
        return uses(type, SLEEPING);
    }

    static ArchRule packagesAreNullMarked() {
        return classes()
                .should(ViolationCondition.none(
                        "live in a @NullMarked package",
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class)
                                ? Stream.empty()
                                : Stream.of(type.getName() + " lives in a package without @NullMarked")))
                .because("NullAway checks no other package");
    }

    static ArchRule fieldsAreNotInjected() {
        return classes()
                .should(ViolationCondition.none(
                        "have no injected field",
                        type -> type.getFields().stream()
                                .filter(field -> INJECTING.stream().anyMatch(field::isAnnotatedWith))
                                .map(field -> field.getFullName() + " is injected")))
                .because("a constructor shows what a class needs");
    }

    static ArchRule optionalIsOnlyReturned() {
        return classes()
                .should(ViolationCondition.none(
                        "keep and take no Optional",
                        type -> Stream.concat(
                                type.getFields().stream()
                                        .filter(CodeRules::isWritten)
                                        .filter(field -> isOptional(field.getRawType()))
                                        .map(JavaField::getFullName),
                                type.getCodeUnits().stream()
                                        .filter(CodeRules::isWritten)
                                        .filter(unit -> unit.getRawParameterTypes().stream()
                                                .anyMatch(CodeRules::isOptional))
                                        .map(JavaCodeUnit::getFullName))))
                .because("a field or parameter that may be missing is @Nullable");
    }

    private static boolean isWritten(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isWritten(JavaCodeUnit unit) {
        return !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !unit.getOwner().isAnonymousClass();
    }

    private static boolean isOptional(JavaClass type) {
        return OPTIONALS.contains(type.getName());
    }

    static ArchRule nothingIsPrinted() {
        return classes()
                .should(ViolationCondition.none(
                        "write to the log only, through SLF4J",
                        type -> Stream.concat(
                                uses(type, PRINTING),
                                PackageLayout.dependenciesOf(type)
                                        .filter(dependency -> PackageLayout.targetPackage(dependency)
                                                .equals("java.util.logging"))
                                        .map(Dependency::getDescription))))
                .because("what is printed has no level, no request id and no owner");
    }

    private static Stream<String> uses(JavaClass type, Map<String, Set<String>> members) {
        return type.getAccessesFromSelf().stream()
                .filter(access -> members.entrySet().stream().anyMatch(member -> isUse(access, member)))
                .map(JavaAccess::getDescription);
    }

    private static boolean isUse(JavaAccess<?> access, Entry<String, Set<String>> members) {
        return members.getValue().contains(access.getTarget().getName())
                && access.getTargetOwner().isAssignableTo(members.getKey());
    }
}
