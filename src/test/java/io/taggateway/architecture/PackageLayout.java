package io.taggateway.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The packages directly below a root package, and which of the others each may depend on. */
record PackageLayout(String root) {

    static final String ROOT = "";

    private static final Map<String, Set<String>> MAY_DEPEND_ON = Map.of(
            ROOT,
            Set.of(),
            "access",
            Set.of("api", "tagging"),
            "api",
            Set.of("tagging"),
            "cluster",
            Set.of("access", "tagging", "upstream"),
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

    boolean lists(String layer) {
        return MAY_DEPEND_ON.containsKey(layer);
    }

    boolean mayDependOn(String from, String to) {
        return from.equals(to) || MAY_DEPEND_ON.getOrDefault(from, Set.of()).contains(to);
    }

    /** The package below the root that a class is in; null outside the root. */
    @Nullable
    String layerOf(JavaClass type) {
        String[] path = pathOf(type);
        return path == null ? null : path[0];
    }

    /** The vendor that a class belongs to; null for none. */
    @Nullable
    String vendorOf(JavaClass type) {
        String[] path = pathOf(type);
        return path == null || path.length < 2 || !path[0].equals("vendor") ? null : path[1];
    }

    DescribedPredicate<JavaClass> in(Set<String> names) {
        return DescribedPredicate.describe("be in " + names, type -> {
            String layer = layerOf(type);
            return layer != null && names.contains(layer);
        });
    }

    private String @Nullable [] pathOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (name.equals(root)) {
            return new String[] {ROOT};
        }
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", -1) : null;
    }

    /** The dependencies of a class, with the element types of arrays and without primitive types. */
    static Stream<Dependency> dependenciesOf(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency ->
                        !dependency.getTargetClass().getBaseComponentType().isPrimitive());
    }

    static String targetPackage(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getPackageName();
    }
}
