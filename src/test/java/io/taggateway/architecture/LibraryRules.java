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

/** The packages that may use each library. */
final class LibraryRules {

    private static final List<Usage> USAGES = List.of(
            new Usage(
                    "GraphQL",
                    Set.of("api", "access"),
                    "graphql..",
                    "org.springframework.graphql..",
                    "org.dataloader.."),
            new Usage("Caffeine", Set.of("access", "api", "cluster", "upstream"), "com.github.benmanes.caffeine.."),
            new Usage("Resilience4j", Set.of("upstream"), "io.github.resilience4j.."),
            new Usage("Redis", Set.of("cluster"), "io.lettuce..", "org.springframework.data.redis.."),
            new Usage("libphonenumber", Set.of("upstream"), "com.google.i18n.phonenumbers.."),
            new Usage("Netty's HTTP client", Set.of("upstream"), "reactor.netty.http.client.."),
            new Usage("Netty's HTTP server", Set.of("access", "sandbox"), "reactor.netty.http.server.."),
            new Usage("WebClient", Set.of("upstream", "vendor"), "org.springframework.web.reactive.function.client.."),
            new Usage("Spring Security", Set.of("access"), "org.springframework.security.."),
            new Usage("Nimbus", Set.of("access"), "com.nimbusds.."),
            new Usage("Bucket4j", Set.of("access", "cluster"), "io.github.bucket4j.."),
            new Usage(
                    "Jackson", Set.of("access", "api", "cluster", "sandbox", "upstream", "vendor"), "tools.jackson.."),
            new Usage(
                    "Jackson's annotations",
                    Set.of("access", "api", "cluster", "sandbox", "upstream", "vendor"),
                    "com.fasterxml.jackson.annotation.."),
            new Usage("Jackson 2", Set.of(), "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."));

    private LibraryRules() {}

    static ArchRule librariesStayInTheirPackages(PackageLayout layout) {
        return classes()
                .should(ViolationCondition.none(
                        "use a library only in its packages",
                        type -> USAGES.stream().flatMap(usage -> usage.usesElsewhere(layout, type))))
                .because("a library that is used in one place can be replaced in one place");
    }

    /** A library and the packages that may use it. */
    private record Usage(String library, Set<String> where, PackageMatchers packages) {

        Usage(String library, Set<String> where, String... packages) {
            this(library, where, PackageMatchers.of(packages));
        }

        Stream<String> usesElsewhere(PackageLayout layout, JavaClass type) {
            return layout.in(where).test(type)
                    ? Stream.empty()
                    : PackageLayout.dependenciesOf(type)
                            .filter(dependency -> packages.test(PackageLayout.targetPackage(dependency)))
                            .map(Dependency::getDescription)
                            .map(use -> library + " may be used in " + new TreeSet<>(where) + ": " + use);
        }
    }
}
