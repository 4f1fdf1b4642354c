package io.taggateway.upstream;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;

/** Finds tenants in property sources by the names of properties. */
final class TenantPropertyReader {

    private static final ConfigurationPropertyName TENANTS = ConfigurationPropertyName.of("gateway.tenants");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int TENANT = 2;
    private static final int SETTING = 3;
    private static final int VENDOR = 4;

    /** Environment variables may belong to other programs, so unknown names are ignored. */
    private static final UnboundElementsSourceFilter STRICT = new UnboundElementsSourceFilter();

    private final Set<String> vendors;

    /**
     * A reader for tenants of some vendors.
     *
     * @param vendors the names of their settings
     */
    TenantPropertyReader(Set<String> vendors) {
        this.vendors = Set.copyOf(vendors);
    }

    /**
     * The properties of each tenant by its name, with names relative to the tenant. If sources differ, the first one
     * applies.
     *
     * @param exclusive whether properties other than those of tenants are an error
     * @throws IllegalArgumentException if a tenant's name or property is not valid; the message is for operators
     */
    SortedMap<String, SortedMap<String, Object>> read(
            Iterable<ConfigurationPropertySource> sources, boolean exclusive) {
        SortedMap<String, SortedMap<String, Object>> tenants = new TreeMap<>();
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> isTenants(name, STRICT.apply(source), exclusive))
                        .forEach(name -> put(tenants, name, source.getConfigurationProperty(name)));
            }
        }
        return tenants;
    }

    private boolean isTenants(ConfigurationPropertyName name, boolean strict, boolean exclusive) {
        if (!TENANTS.isAncestorOf(name)) {
            if (exclusive) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not a setting of a tenant, below '" + TENANTS + "'");
            }
            return false;
        }
        if (isSetting(name)) {
            return true;
        }
        if (strict) {
            throw new IllegalArgumentException("'" + name + "' is not a setting of a tenant, such as '" + TENANTS
                    + ".<name>.vendors.<vendor>.enabled'");
        }
        return false;
    }

    private boolean isSetting(ConfigurationPropertyName name) {
        return name.getNumberOfElements() > VENDOR + 1
                && name.getElement(SETTING, Form.UNIFORM).equals("vendors")
                && vendors.contains(name.getElement(VENDOR, Form.UNIFORM));
    }

    private static void put(
            SortedMap<String, SortedMap<String, Object>> tenants,
            ConfigurationPropertyName name,
            @Nullable ConfigurationProperty property) {
        String tenant = name.getElement(TENANT, Form.ORIGINAL);
        if (!NAME.matcher(tenant).matches()) {
            throw new IllegalArgumentException(
                    "'" + tenant + "' is not a name for a tenant, which has the letters a to z,"
                            + " digits and hyphens, at most 63, and no hyphen first");
        }
        if (tenant.equals("default")) {
            throw new IllegalArgumentException("Tenant 'default' has the settings below 'gateway.vendors'");
        }
        if (property != null) {
            tenants.computeIfAbsent(tenant, absent -> new TreeMap<>())
                    .putIfAbsent(name.subName(SETTING).toString(), property.getValue());
        }
    }
}
