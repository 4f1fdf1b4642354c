package io.taggateway.operations;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Normalizes environment variables: a blank one counts as absent, as {@code ${X:-}} in compose files and empty values
 * in charts set blank ones, and blanks and line breaks around a value are removed.
 */
final class EnvironmentVariables implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        PropertySource<?> variables = environment.getPropertySources().get(name);
        if (variables != null && variables.getSource() instanceof Map<?, ?> all) {
            environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, normalized(all)));
        }
    }

    private static Map<String, Object> normalized(Map<?, ?> variables) {
        Map<String, Object> normalized = new HashMap<>();
        variables.forEach((name, value) -> {
            String text = String.valueOf(value).strip();
            if (!text.isEmpty()) {
                normalized.put(String.valueOf(name), text);
            }
        });
        return normalized;
    }

    /** Runs before Spring Boot reads any configuration. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
