package io.taggateway.upstream;

import io.taggateway.tagging.model.StartupException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values that Spring accepts although they are probably mistakes: durations and sizes without a unit, which
 * Spring reads as milliseconds and bytes, and numbers that are not valid ports.
 */
final class SettingCheckHandler extends AbstractBindHandler {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):.*}");

    private static final Pattern WITHOUT_UNIT = Pattern.compile("[+-]?0*[1-9][0-9]*");

    private static final Pattern PORT = Pattern.compile("(.*\\.)?ports?(\\.[^.]+)?");

    private static final int MAX_PORT = 65_535;

    private final Environment environment;

    SettingCheckHandler(BindHandler parent, Environment environment) {
        super(parent);
        this.environment = environment;
    }

    @Override
    public @Nullable Object onSuccess(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        ConfigurationProperty property = context.getConfigurationProperty();
        if (property != null) {
            check(name, property, result);
        }
        return super.onSuccess(name, target, context, result);
    }

    private void check(ConfigurationPropertyName name, ConfigurationProperty property, Object result) {
        switch (result) {
            case Duration duration -> requireUnit(property, "a duration", "s or ", "ms");
            case DataSize size -> requireUnit(property, "a size", "KB or ", "MB");
            case Integer port
            when (port > MAX_PORT || port < -1) && PORT.matcher(name.toString()).matches() ->
                throw new StartupException(
                        source(property) + " is '" + port + "', but a port is a number from 0 to " + MAX_PORT + ".");
            default -> {
                // Any other value is checked by the type that it is bound to
            }
        }
    }

    private void requireUnit(ConfigurationProperty property, String kind, String unit, String other) {
        String value = environment.resolvePlaceholders(String.valueOf(property.getValue()));
        if (WITHOUT_UNIT.matcher(value).matches()) {
            throw new StartupException(source(property) + " is '" + value + "', but " + kind + " needs a unit, as in "
                    + value + unit + value + other + ".");
        }
    }

    /** The variable that sets a property, or else the property. */
    private static String source(ConfigurationProperty property) {
        Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(property.getValue()));
        if (placeholder.matches()) {
            return placeholder.group(1);
        }
        Origin origin =
                property.getOrigin() instanceof PropertySourceOrigin source ? source.getOrigin() : property.getOrigin();
        return origin instanceof SystemEnvironmentOrigin variable
                ? variable.getProperty()
                : property.getName().toString();
    }
}
