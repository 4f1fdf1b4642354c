package io.taggateway.support;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * time of a start.
 */
final class SharedClassMetadata implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final Map<Resource, MetadataReader> SHARED = new ConcurrentHashMap<>();
    private static final Map<String, Resource[]> FOUND = new ConcurrentHashMap<>();

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
                found = super.getResources(pattern);
                FOUND.put(pattern, found);
            }
            return found.clone();
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
