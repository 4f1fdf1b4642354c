package io.taggateway.operations;

import io.taggateway.tagging.model.NearestName;
import io.taggateway.tagging.model.Vendor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/**
 * Warns of environment variables that have the prefix of a setting and are no setting. The settings are the
 * placeholders and keys of the configuration files, and the properties of the types to which settings are bound.
 */
@Component
class UnknownVariableReport {

    private static final Logger LOG = LoggerFactory.getLogger(UnknownVariableReport.class);

    private static final Pattern SETTING = Pattern.compile(
            Stream.concat(Stream.of("GATEWAY"), Arrays.stream(Vendor.values()).map(Vendor::name))
                    .collect(Collectors.joining("|", "(", ")_[A-Z0-9_]+")));

    /** The variables that Kubernetes sets for a service with the name {@code gateway} or that of a vendor. */
    private static final Pattern SERVICE = Pattern.compile(".*_(SERVICE_(HOST|PORT).*|PORT(_[0-9]+_.*)?)");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):");

    private static final Pattern NOT_IN_VARIABLES = Pattern.compile("[^A-Z0-9]");

    private final ConfigurableEnvironment environment;
    private final ApplicationContext context;

    UnknownVariableReport(ConfigurableEnvironment environment, ApplicationContext context) {
        this.environment = environment;
        this.context = context;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(-2)
    void ready() {
        Set<String> variables = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        sources().forEach(source -> {
            for (String name : source.getPropertyNames()) {
                if (SETTING.matcher(name).matches() && !SERVICE.matcher(name).matches()) {
                    variables.add(name);
                } else if (name.startsWith("gateway.")) {
                    keys.add(comparable(name));
                }
                Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(source.getProperty(name)));
                placeholder.results().forEach(match -> known.add(match.group(1)));
            }
        });
        variables.removeAll(known);
        if (!variables.isEmpty()) {
            Set<String> open = addBound(keys);
            variables.stream()
                    .filter(name -> !keys.contains(comparable(name)))
                    .filter(name -> open.stream().noneMatch(comparable(name)::startsWith))
                    .forEach(name -> warn(name, known));
        }
    }

    private static void warn(String variable, Collection<String> known) {
        String meant = NearestName.find(variable, known);
        LOG.warn(
                "The environment variable {} is no setting of the gateway and has no effect.{}",
                variable,
                meant == null ? "" : " Did you mean " + meant + "?");
    }

    private Stream<EnumerablePropertySource<?>> sources() {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source);
    }

    /** Adds the keys of all bound types, and returns the beginnings of keys whose ends can be chosen. */
    private Set<String> addBound(Set<String> keys) {
        Set<String> open = new TreeSet<>(Set.of("GATEWAYTENANTS"));
        for (String bean : context.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            Class<?> type = context.getType(bean);
            ConfigurationProperties bound =
                    type == null ? null : AnnotationUtils.findAnnotation(type, ConfigurationProperties.class);
            if (type != null && bound != null && bound.prefix().startsWith("gateway.")) {
                addBound(comparable(bound.prefix()), type, keys, open);
            }
        }
        return open;
    }

    private static void addBound(String prefix, Class<?> type, Set<String> keys, Set<String> open) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + comparable(component.getName());
            if (component.getType().isRecord()) {
                addBound(key, component.getType(), keys, open);
            } else if (Map.class.isAssignableFrom(component.getType())) {
                open.add(key);
            } else {
                keys.add(key);
            }
        }
    }

    /** A name without the separators of words in variables and keys. */
    private static String comparable(String name) {
        return NOT_IN_VARIABLES.matcher(name.toUpperCase(Locale.ROOT)).replaceAll("");
    }
}
