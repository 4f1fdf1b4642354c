package io.taggateway.upstream;

import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
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
            String prefix,
            Map<String, Object> values,
            List<ConfigurationPropertySource> sources,
            Environment environment) {
        this.tenant = tenant;
        this.prefix = prefix;
        this.values = values;
        this.sources = sources;
        this.environment = environment;
    }

    /** The settings under {@code gateway.vendors}, or of another tenant under {@code gateway.tenants}. */
    static TenantSettings of(Tenant tenant, Environment environment) {
        String prefix = tenant.isDefault() ? "gateway." : "gateway.tenants." + tenant.name() + '.';
        List<ConfigurationPropertySource> sources = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .toList();
        return new TenantSettings(tenant, prefix, Map.of(), sources, environment);
    }

    /** The settings of a tenant in a file, which may refer to the environment by placeholders. */
    static TenantSettings of(Tenant tenant, Map<String, Object> values, Environment environment) {
        return new TenantSettings(tenant, "", values, List.of(new MapConfigurationPropertySource(values)), environment);
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
     * @throws IllegalArgumentException if a setting is not valid; the message names the tenant
     */
    void check(List<VendorAccountFactory> factories) {
        try {
            factories.forEach(factory -> bind(factory.vendor(), factory.settingsType(), BindHandler.DEFAULT));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Tenant '" + tenant.name() + "': "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage(),
                    e);
        }
    }

    private <T> T bind(List<ConfigurationPropertySource> all, Vendor vendor, Class<T> type, BindHandler handler) {
        BindHandler strict = new NoUnboundElementsBindHandler(
                new SettingCheckHandler(handler, environment), new UnboundElementsSourceFilter());
        return binder(all).bindOrCreate(prefix + "vendors." + vendor.prefix(), Bindable.of(type), strict);
    }

    private Binder binder(List<ConfigurationPropertySource> all) {
        return new Binder(all, new PropertySourcesPlaceholdersResolver(environment));
    }
}
