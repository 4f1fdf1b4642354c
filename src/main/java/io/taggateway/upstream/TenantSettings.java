package io.taggateway.upstream;

import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** The settings of one tenant, which contain nothing of other tenants. */
final class TenantSettings {

    private final Tenant tenant;
    private final String prefix;
    private final Map<String, Object> values;
    private final List<ConfigurationPropertySource> sources;
    private final Environment environment;

    private TenantSettings(
            Tenant tenant,
            Map<String, Object> values,
            List<ConfigurationPropertySource> sources,
            Environment environment) {
        this.tenant = tenant;
        this.prefix = prefix(tenant);
        this.values = values;
        this.sources = sources;
        this.environment = environment;
    }

    /** The settings under {@code gateway.vendors}, or of another tenant under {@code gateway.tenants}. */
    static TenantSettings of(Tenant tenant, Environment environment) {
        List<ConfigurationPropertySource> sources = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .toList();
        return new TenantSettings(tenant, Map.of(), sources, environment);
    }

    /** The settings of a tenant in a file, which may refer to the environment by placeholders. */
    static TenantSettings of(Tenant tenant, Map<String, Object> values, Environment environment) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        values.forEach((name, value) -> source.put(prefix(tenant) + name, value));
        return new TenantSettings(tenant, values, List.of(source), environment);
    }

    /** Whether accounts that were opened with other settings would be equal with these. */
    boolean isSame(@Nullable TenantSettings other) {
        return other != null && values.equals(other.values);
    }

    /** A vendor's settings. */
    <T> T bind(Vendor vendor, Class<T> type, BindHandler handler) {
        return bind(sources, vendor, type, handler);
    }

    /** A vendor's settings, some of which come from another source. */
    <T> T bind(ConfigurationPropertySource first, Vendor vendor, Class<T> type, BindHandler handler) {
        return bind(Stream.concat(Stream.of(first), sources.stream()).toList(), vendor, type, handler);
    }

    /**
     * Binds all settings.
     *
     * @throws IllegalArgumentException if a setting is not valid; the message names the tenant and the setting
     */
    void check(List<VendorAccountFactory> factories) {
        for (VendorAccountFactory factory : factories) {
            try {
                bind(factory.vendor(), factory.settingsType(), BindHandler.DEFAULT);
            } catch (BindException e) {
                throw new IllegalArgumentException(
                        "Tenant '" + tenant.name() + "': " + message(factory.vendor(), e), e);
            }
        }
    }

    /**
     * Replaces the variables of the default tenant, which vendors name in their messages, by the properties of this
     * tenant.
     */
    private String message(Vendor vendor, BindException failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof StartupException) {
            return message;
        }
        String named = Pattern.compile("\\b" + vendor.prefix().toUpperCase(Locale.ROOT) + "_([A-Z_]+)")
                .matcher(message)
                .replaceAll(variable -> settings(vendor) + '.' + property(variable.group(1)));
        return named.contains(settings(vendor)) ? named : failure.getName() + ": " + named;
    }

    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String prefix(Tenant tenant) {
        return tenant.isDefault() ? "gateway." : "gateway.tenants." + tenant.name() + '.';
    }

    private String settings(Vendor vendor) {
        return prefix + "vendors." + vendor.prefix();
    }

    private <T> T bind(List<ConfigurationPropertySource> all, Vendor vendor, Class<T> type, BindHandler handler) {
        BindHandler strict = new NoUnboundElementsBindHandler(
                new SettingCheckHandler(handler, environment), new UnboundElementsSourceFilter());
        return binder(all).bindOrCreate(settings(vendor), Bindable.of(type), strict);
    }

    private Binder binder(List<ConfigurationPropertySource> all) {
        return new Binder(all, new PropertySourcesPlaceholdersResolver(environment));
    }
}
