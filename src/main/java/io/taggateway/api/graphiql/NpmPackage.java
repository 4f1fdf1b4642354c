package io.taggateway.api.graphiql;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * A package of npm in a jar of {@code org.mvnpm}, which lays its files under a folder of its version.
 *
 * @param name the package's name
 * @param version the version on the class path: the build is the only place that states it
 */
record NpmPackage(String name, String version) {

    static NpmPackage onClassPath(String name) {
        Resource coordinates = new ClassPathResource("META-INF/maven/org.mvnpm/" + name + "/pom.properties");
        try {
            String version = PropertiesLoaderUtils.loadProperties(coordinates).getProperty("version");
            return new NpmPackage(name, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Resource file(String path) {
        return new ClassPathResource("META-INF/resources/_static/" + name + "/" + version + "/" + path);
    }
}
