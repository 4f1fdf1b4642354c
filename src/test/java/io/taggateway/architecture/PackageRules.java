package io.taggateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules for the packages and their dependencies. */
final class PackageRules {

    private static final PackageMatchers PLAIN = PackageMatchers.of(
            "java..",
            "javax.crypto..",
            "reactor.core..",
            "reactor.util..",
            "org.reactivestreams..",
            "org.jspecify..",
            "org.springframework.stereotype..");

    private static final int MOST_TYPES = 20;

    private PackageRules() {}

    static ArchRule classesAreInListedPackages(PackageLayout layout) {
        return classes()
                .should(ViolationCondition.none("be in a listed package", type -> {
                    String layer = Objects.requireNonNullElse(layout.layerOf(type), "nowhere");
                    boolean starts = type.getSimpleName().equals("TagGatewayApplication")
                            || type.getSimpleName().equals("package-info");
                    return layout.lists(layer) && (!layer.equals(PackageLayout.ROOT) || starts)
                            ? Stream.empty()
                            : Stream.of(type.getName() + " is in no listed package");
                }))
                .because("no rule applies to a package that is not listed, and the root has one class");
    }

    static ArchRule dependenciesHaveOneDirection(PackageLayout layout) {
        return classes()
                .should(ViolationCondition.none("depend only on packages that theirs may depend on", type -> {
                    String from = layout.layerOf(type);
                    return PackageLayout.dependenciesOf(type)
                            .filter(dependency -> from != null && !mayDependOn(layout, from, dependency))
                            .map(Dependency::getDescription);
                }))
                .because("access depends on api, api on tagging, upstream on tagging, vendors on tagging and upstream");
    }

    private static boolean mayDependOn(PackageLayout layout, String from, Dependency dependency) {
        String to = layout.layerOf(dependency.getTargetClass());
        return to == null || layout.mayDependOn(from, to);
    }

    static ArchRule vendorsAreIndependent(PackageLayout layout) {
        return classes()
                .should(ViolationCondition.none("use no other vendor's classes", type -> {
                    String vendor = layout.vendorOf(type);
                    return PackageLayout.dependenciesOf(type)
                            .filter(dependency -> isAnother(vendor, layout.vendorOf(dependency.getTargetClass())))
                            .map(Dependency::getDescription);
                }))
                .because("a vendor is added and removed as one package");
    }

    private static boolean isAnother(@Nullable String vendor, @Nullable String other) {
        return vendor != null && other != null && !vendor.equals(other);
    }

    static ArchRule vendorTypesArePackagePrivate(PackageLayout layout) {
        return classes()
                .should(ViolationCondition.none(
                        "be package-private under vendor",
                        type -> "vendor".equals(layout.layerOf(type))
                                        && type.isTopLevelClass()
                                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                                ? Stream.of(type.getName() + " is public")
                                : Stream.empty()))
                .because("the rest of the gateway uses a vendor through its ports only");
    }

    static ArchRule taggingUsesNoFramework(PackageLayout layout) {
        return classes()
                .should(ViolationCondition.none(
                        "use only the JDK, Reactor, JSpecify and Spring's stereotypes in tagging",
                        type -> "tagging".equals(layout.layerOf(type))
                                ? PackageLayout.dependenciesOf(type)
                                        .filter(dependency ->
                                                !"tagging".equals(layout.layerOf(dependency.getTargetClass())))
                                        .filter(dependency -> !PLAIN.test(PackageLayout.targetPackage(dependency)))
                                        .map(Dependency::getDescription)
                                : Stream.empty()))
                .because("the domain does not depend on frameworks");
    }

    static ArchRule packagesHaveFewTypes(PackageLayout layout) {
        return classes()
                .that()
                .haveSimpleName("package-info")
                .and()
                .resideOutsideOfPackage(layout.root() + ".tagging.model")
                .should(ViolationCondition.none("be of a package with at most " + MOST_TYPES + " types", type -> {
                    long types = type.getPackage().getClasses().stream()
                            .filter(other -> other.isTopLevelClass() && !other.isArray() && !other.equals(type))
                            .count();
                    return types > MOST_TYPES
                            ? Stream.of(type.getPackageName() + " has " + types + " types")
                            : Stream.empty();
                }))
                .because("a longer list is not read; the model has one type for each of the schema's");
    }

    static ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new EachPackage())
                .should()
                .beFreeOfCycles()
                .because("packages that depend on each other are one package");
    }

    static ArchRule vendorConstantsStayWithVendors(PackageLayout layout) {
        return classes()
                .should(ViolationCondition.none("read no constant of Vendor outside vendor and sandbox", type -> {
                    boolean mayKnow = layout.in(Set.of("vendor", "sandbox")).test(type);
                    return type.getFieldAccessesFromSelf().stream()
                            .filter(access -> !mayKnow && isVendorConstant(layout, access))
                            .map(JavaFieldAccess::getDescription);
                }))
                .because("what differs between vendors is a capability, or is in the vendor's package");
    }

    private static boolean isVendorConstant(PackageLayout layout, JavaFieldAccess access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isEnum()
                && owner.getSimpleName().equals("Vendor")
                && "tagging".equals(layout.layerOf(owner))
                && access.getTarget().getRawType().equals(owner)
                && !access.getOriginOwner().getName().startsWith(owner.getName());
    }

    /** Each package is a slice. */
    private static final class EachPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    }
}
