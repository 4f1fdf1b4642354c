package io.taggateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.MetadataReader;

/**
 * Lets the gateways of a JVM share the list of classes and their metadata. Reading them takes two fifths of the CPU
 * time of a start. As in production, classes of tests are not scanned. {@code META-INF/spring.factories} registers it.
 */
final class SharedClassMetadata implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final Map<Resource, MetadataReader> SHARED = new ConcurrentHashMap<>();
    private static final Map<String, Resource[]> FOUND = new ConcurrentHashMap<>();
    private static final String TESTS = SharedClassMetadata.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString();

    @Override
    public void initialize(GenericApplicationContext context) {
        Map<Resource, MetadataReader> cache = context.getResourceCache(MetadataReader.class);
        cache.putAll(SHARED);
        context.addBeanFactoryPostProcessor(new Contribution(cache));
        context.setResourceLoader(new SharedResources(context.getClassLoader()));
    }

    /** Searches the class path once for each pattern of classes. */
    private static final class SharedResources extends PathMatchingResourcePatternResolver {

        SharedResources(@Nullable ClassLoader loader) {
            super(loader);
        }

        @Override
        public Resource[] getResources(String pattern) throws IOException {
            if (!pattern.endsWith("*.class")) {
                return super.getResources(pattern);
            }
            Resource[] found = FOUND.get(pattern);
            if (found == null) {
                found = Stream.of(super.getResources(pattern))
                        .filter(SharedResources::isNoTest)
                        .toArray(Resource[]::new);
                FOUND.put(pattern, found);
            }
            return found.clone();
        }

        private static boolean isNoTest(Resource resource) {
            try {
                return !resource.getURL().toString().startsWith(TESTS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs when all configuration classes have been read, before the context clears its cache. */
    private record Contribution(Map<Resource, MetadataReader> cache) implements BeanFactoryPostProcessor {

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
            SHARED.putAll(cache);
        }
    }
}
