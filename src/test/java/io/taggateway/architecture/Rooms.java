package io.taggateway.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plan of the house: its rooms are the packages right below the root, and each lists the rooms it may enter. */
record Rooms(String root) {

    static final String ROOT = "";

    private static final Map<String, Set<String>> MAY_ENTER = Map.of(
            ROOT,
            Set.of(),
            "access",
            Set.of("api", "tagging"),
            "api",
            Set.of("tagging"),
            "operations",
            Set.of("access", "api", "sandbox", "tagging", "upstream", "vendor"),
            "sandbox",
            Set.of(),
            "tagging",
            Set.of(),
            "upstream",
            Set.of("tagging"),
            "vendor",
            Set.of("tagging", "upstream"));

    boolean isOnThePlan(String room) {
        return MAY_ENTER.containsKey(room);
    }

    boolean mayEnter(String from, String to) {
        return from.equals(to) || MAY_ENTER.getOrDefault(from, Set.of()).contains(to);
    }

    /** The room a class lives in, or null outside the house. */
    @Nullable
    String roomOf(JavaClass type) {
        String[] path = pathOf(type);
        return path == null ? null : path[0];
    }

    /** The vendor a class belongs to, or null where it belongs to none. */
    @Nullable
    String vendorOf(JavaClass type) {
        String[] path = pathOf(type);
        return path == null || path.length < 2 || !path[0].equals("vendor") ? null : path[1];
    }

    DescribedPredicate<JavaClass> in(Set<String> names) {
        return DescribedPredicate.describe("live in " + names, type -> {
            String room = roomOf(type);
            return room != null && names.contains(room);
        });
    }

    private String @Nullable [] pathOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (name.equals(root)) {
            return new String[] {ROOT};
        }
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", -1) : null;
    }

    /** What a class depends on, arrays counted as their elements and primitives not at all. */
    static Stream<Dependency> dependenciesOf(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency ->
                        !dependency.getTargetClass().getBaseComponentType().isPrimitive());
    }

    static String targetPackage(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getPackageName();
    }
}
