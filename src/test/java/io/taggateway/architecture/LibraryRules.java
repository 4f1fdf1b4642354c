package io.taggateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where each library lives. */
final class LibraryRules {

    private static final List<Home> HOMES = List.of(
            new Home(
                    "GraphQL",
                    Set.of("api", "access"),
                    "graphql..",
                    "org.springframework.graphql..",
                    "org.dataloader.."),
            new Home("Caffeine", Set.of("access", "upstream"), "com.github.benmanes.caffeine.."),
            new Home("Resilience4j", Set.of("upstream"), "io.github.resilience4j.."),
            new Home("Redis", Set.of("upstream"), "io.lettuce..", "org.springframework.data.redis.."),
            new Home("libphonenumber", Set.of("upstream"), "com.google.i18n.phonenumbers.."),
            new Home("Netty's HTTP client", Set.of("upstream"), "reactor.netty.http.client.."),
            new Home("Netty's HTTP server", Set.of("sandbox"), "reactor.netty.http.server.."),
            new Home("WebClient", Set.of("upstream", "vendor"), "org.springframework.web.reactive.function.client.."),
            new Home("Spring Security", Set.of("access"), "org.springframework.security.."),
            new Home("Bucket4j", Set.of("access"), "io.github.bucket4j.."),
            new Home("Jackson", Set.of("access", "api", "sandbox", "upstream", "vendor"), "tools.jackson.."),
            new Home(
                    "Jackson's annotations",
                    Set.of("access", "api", "sandbox", "upstream", "vendor"),
                    "com.fasterxml.jackson.annotation.."),
            new Home("Jackson 2", Set.of(), "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."));

    private LibraryRules() {}

    static ArchRule librariesHaveOneHome(Rooms rooms) {
        return classes()
                .should(Violations.none(
                        "use a library only where it is at home",
                        type -> HOMES.stream().flatMap(home -> home.strayUses(rooms, type))))
                .because("a library that lives in one place can be replaced in one place");
    }

    /** A library and the rooms it may be used in. */
    private record Home(String library, Set<String> where, PackageMatchers packages) {

        Home(String library, Set<String> where, String... packages) {
            this(library, where, PackageMatchers.of(packages));
        }

        Stream<String> strayUses(Rooms rooms, JavaClass type) {
            return rooms.in(where).test(type)
                    ? Stream.empty()
                    : Rooms.dependenciesOf(type)
                            .filter(dependency -> packages.test(Rooms.targetPackage(dependency)))
                            .map(Dependency::getDescription)
                            .map(use -> library + " is at home in " + new TreeSet<>(where) + ": " + use);
        }
    }
}
