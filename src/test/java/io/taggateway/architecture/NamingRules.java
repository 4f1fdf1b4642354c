package io.taggateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for the names of classes. */
final class NamingRules {

    /** Full names of classes that are exempt, as their names come from the GraphQL schema or the design. */
    private static final Set<String> EXCEPTIONS =
            Set.of("io.taggateway.tagging.tag.TagReferenceResolver", "io.taggateway.access.security.CallerResolver");

    private static final Pattern EMPTY_WORD = Pattern.compile(
            "(?:^Abstract.*|.*(Manager|Helper|Utils?|Impl|Base|Common|Dto|DTO|Data|Info|Processor|Resolver|Interceptor|Adapter))$");

    private NamingRules() {}

    static ArchRule namesAreSpecific(String root) {
        return classes()
                .should(ViolationCondition.none(
                        "have a name that says what they are",
                        type -> isEmptyWord(root, type) ? Stream.of(type.getName() + " says nothing") : Stream.empty()))
                .because("only a framework's interface of that name excuses such a suffix");
    }

    private static boolean isEmptyWord(String root, JavaClass type) {
        Matcher name = EMPTY_WORD.matcher(type.getSimpleName());
        return !EXCEPTIONS.contains(type.getName())
                && name.matches()
                && (name.group(1) == null || !isGivenByFramework(root, type, name.group(1)));
    }

    private static boolean isGivenByFramework(String root, JavaClass type, String suffix) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .filter(parent -> !parent.getPackageName().equals(root)
                        && !parent.getPackageName().startsWith(root + "."))
                .anyMatch(parent -> parent.getSimpleName().endsWith(suffix));
    }

    static ArchRule namesAreUnique() {
        return classes()
                .that()
                .areTopLevelClasses()
                .should(new ShareNoName())
                .because("a name that means two things has to be explained each time");
    }

    private static final class ShareNoName extends ArchCondition<JavaClass> {

        private final Map<String, Set<String>> bearers = new HashMap<>();

        ShareNoName() {
            super("share their simple name with no other");
        }

        @Override
        public void init(Collection<JavaClass> types) {
            types.stream()
                    .filter(type -> !type.getSimpleName().equals("package-info"))
                    .forEach(type -> bearers.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                            .add(type.getName()));
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            Set<String> names = bearers.getOrDefault(type.getSimpleName(), Set.of());
            if (names.size() > 1) {
                events.add(SimpleConditionEvent.violated(type, "one name, several classes: " + names));
            }
        }
    }
}
