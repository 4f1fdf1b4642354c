package io.taggateway.access.security;

import io.taggateway.tagging.model.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Loads API keys from the configuration and from a file, which is read again when its content changes. If it cannot be
 * read then, the keys remain unchanged.
 */
final class ApiKeyLoader implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyLoader.class);

    private final ApiKeyRegistry registry;
    private final Map<String, ApiKeyProperties> configured;
    private final @Nullable Path file;
    private final Disposable watch;
    private byte[] content = {};

    /**
     * Loads the keys.
     *
     * @throws StartupException if they are not valid, or there are none
     */
    ApiKeyLoader(SecurityProperties properties, ApiKeyRegistry registry) {
        this.registry = registry;
        try {
            this.configured = ApiKeyRegistry.merged(parse(properties.keys()), properties.apiKeys());
            this.file = properties.apiKeysFile().isBlank() ? null : Path.of(properties.apiKeysFile());
            load();
            if (registry.isEmpty()) {
                throw new IllegalArgumentException("GATEWAY_SECURITY_MODE has api-key, but there is no API key: set"
                        + " GATEWAY_API_KEYS or GATEWAY_API_KEYS_FILE");
            }
        } catch (IllegalArgumentException e) {
            throw new StartupException(e.getMessage() + ".");
        }
        this.watch = file == null
                ? () -> {}
                : Flux.interval(properties.apiKeysInterval(), Schedulers.boundedElastic())
                        .onBackpressureDrop()
                        .subscribe(tick -> reload());
    }

    private static Map<String, ApiKeyProperties> parse(List<String> entries) {
        Map<String, ApiKeyProperties> keys = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("An entry of GATEWAY_API_KEYS is not name=sha256:scope+scope");
            }
            Map<String, ApiKeyProperties> one = new HashMap<>();
            one.put(entry.substring(0, equals).strip(), ApiKeyProperties.parse(entry.substring(equals + 1)));
            keys = new LinkedHashMap<>(ApiKeyRegistry.merged(keys, one));
        }
        return keys;
    }

    /** Whether the keys have changed. */
    private boolean load() {
        Map<String, ApiKeyProperties> all = configured;
        if (file != null) {
            byte[] read = read(file);
            if (Arrays.equals(read, content)) {
                return false;
            }
            content = read;
            all = ApiKeyRegistry.merged(configured, parse(file, read));
        }
        registry.replace(all);
        return true;
    }

    private void reload() {
        try {
            if (load()) {
                LOG.info("API keys reloaded from {}", file);
            }
        } catch (IllegalArgumentException e) {
            LOG.error("API keys unchanged: {}", e.getMessage());
        }
    }

    /** A file is empty while it is being written. */
    private static byte[] read(Path file) {
        try {
            byte[] read = Files.readAllBytes(file);
            if (read.length == 0) {
                throw new IllegalArgumentException("The file of API keys is empty: " + file);
            }
            return read;
        } catch (IOException e) {
            throw new IllegalArgumentException("The file of API keys cannot be read: " + file, e);
        }
    }

    private static Map<String, ApiKeyProperties> parse(Path file, byte[] content) {
        try {
            List<PropertySource<?>> sources =
                    new YamlPropertySourceLoader().load(file.toString(), new ByteArrayResource(content));
            return new Binder(ConfigurationPropertySources.from(sources))
                    .bind(
                            ConfigurationPropertyName.EMPTY,
                            Bindable.mapOf(String.class, ApiKeyProperties.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                    .orElseGet(Map::of);
        } catch (IOException | BindException | IllegalStateException e) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            String reason = cause instanceof IllegalArgumentException known ? ": " + known.getMessage() : "";
            throw new IllegalArgumentException("The file of API keys is not valid: " + file + reason, e);
        }
    }

    @Override
    public void destroy() {
        watch.dispose();
    }
}
