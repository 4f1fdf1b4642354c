package io.taggateway.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Provides the settings of simulated vendors, which are started when the settings are first read. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = SandboxProperties.PREFIX + ".enabled", matchIfMissing = true)
class SandboxConfiguration {

    @Bean
    @Lazy
    Sandbox sandbox(SandboxProperties properties) {
        return Sandbox.start(properties);
    }

    @Bean
    @Lazy
    ConfigurationPropertySource sandboxSettings(Sandbox sandbox) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (SandboxVendor<?> vendor : sandbox.vendors()) {
            vendor.settings()
                    .forEach((name, value) -> settings.put("gateway.vendors." + vendor.name() + '.' + name, value));
        }
        return new MapConfigurationPropertySource(settings);
    }
}
