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

/** Who lives where, and who may enter whose room. */
final class RoomRules {

    private static final PackageMatchers PLAIN = PackageMatchers.of(
            "java..",
            "reactor.core..",
            "reactor.util..",
            "org.reactivestreams..",
            "org.jspecify..",
            "org.springframework.stereotype..");

    private RoomRules() {}

    static ArchRule everyClassHasARoom(Rooms rooms) {
        return classes()
                .should(Violations.none("live in a room of the plan", type -> {
                    String room = Objects.requireNonNullElse(rooms.roomOf(type), "nowhere");
                    boolean starts = type.getSimpleName().equals("TagGatewayApplication")
                            || type.getSimpleName().equals("package-info");
                    return rooms.isOnThePlan(room) && (!room.equals(Rooms.ROOT) || starts)
                            ? Stream.empty()
                            : Stream.of(type.getName() + " has no room");
                }))
                .because("a room that no rule knows is a room without rules, and the root holds one class");
    }

    static ArchRule requestsWalkOneWay(Rooms rooms) {
        return classes()
                .should(Violations.none("enter only the rooms that theirs may enter", type -> {
                    String from = rooms.roomOf(type);
                    return Rooms.dependenciesOf(type)
                            .filter(dependency -> from != null && !mayEnter(rooms, from, dependency))
                            .map(Dependency::getDescription);
                }))
                .because("access walks to api, api to tagging, upstream to tagging, vendors to tagging and upstream");
    }

    private static boolean mayEnter(Rooms rooms, String from, Dependency dependency) {
        String to = rooms.roomOf(dependency.getTargetClass());
        return to == null || rooms.mayEnter(from, to);
    }

    static ArchRule vendorsAreStrangers(Rooms rooms) {
        return classes()
                .should(Violations.none("touch no other vendor's classes", type -> {
                    String vendor = rooms.vendorOf(type);
                    return Rooms.dependenciesOf(type)
                            .filter(dependency -> isAnother(vendor, rooms.vendorOf(dependency.getTargetClass())))
                            .map(Dependency::getDescription);
                }))
                .because("a vendor comes and goes as one folder");
    }

    private static boolean isAnother(@Nullable String vendor, @Nullable String other) {
        return vendor != null && other != null && !vendor.equals(other);
    }

    static ArchRule vendorsAreHidden(Rooms rooms) {
        return classes()
                .should(Violations.none(
                        "be package-private under vendor",
                        type -> "vendor".equals(rooms.roomOf(type))
                                        && type.isTopLevelClass()
                                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                                ? Stream.of(type.getName() + " is public")
                                : Stream.empty()))
                .because("the rest of the house knows a vendor by its ports only");
    }

    static ArchRule taggingIsPlain(Rooms rooms) {
        return classes()
                .should(Violations.none(
                        "know only the JDK, Reactor, JSpecify and Spring's stereotypes in tagging",
                        type -> "tagging".equals(rooms.roomOf(type))
                                ? Rooms.dependenciesOf(type)
                                        .filter(dependency ->
                                                !"tagging".equals(rooms.roomOf(dependency.getTargetClass())))
                                        .filter(dependency -> !PLAIN.test(Rooms.targetPackage(dependency)))
                                        .map(Dependency::getDescription)
                                : Stream.empty()))
                .because("the work outlives the tools");
    }

    static ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new EachPackage())
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package");
    }

    static ArchRule noVendorIsSingledOut(Rooms rooms) {
        return classes()
                .should(Violations.none("read no constant of Vendor outside vendor and sandbox", type -> {
                    boolean mayKnow = rooms.in(Set.of("vendor", "sandbox")).test(type);
                    return type.getFieldAccessesFromSelf().stream()
                            .filter(access -> !mayKnow && isVendorConstant(rooms, access))
                            .map(JavaFieldAccess::getDescription);
                }))
                .because("what differs between vendors is a capability or lives in the vendor's room");
    }

    private static boolean isVendorConstant(Rooms rooms, JavaFieldAccess access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isEnum()
                && owner.getSimpleName().equals("Vendor")
                && "tagging".equals(rooms.roomOf(owner))
                && access.getTarget().getRawType().equals(owner)
                && !access.getOriginOwner().getName().startsWith(owner.getName());
    }

    /** Each package for itself, whatever its depth. */
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
