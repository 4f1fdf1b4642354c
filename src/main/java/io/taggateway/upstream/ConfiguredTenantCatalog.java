package io.taggateway.upstream;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.UnknownTenantException;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.model.Tenant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * The tenants under {@code gateway.tenants}, and those of a file that is reloaded when it changes. A change of the file
 * is applied as a whole or not at all.
 */
final class ConfiguredTenantCatalog implements TenantCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTenantCatalog.class);

    private final Environment environment;
    private final List<VendorAccountFactory> factories;
    private final @Nullable TenantsFile file;
    private final TenantPropertyReader reader;
    private final TenantSettings defaults;
    private final Map<Tenant, TenantSettings> fixed = new HashMap<>();
    private final List<Consumer<Tenant>> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<Tenant, TenantSettings> tenants = Map.of();
    private byte[] lastRead = new byte[0];
    private byte[] applied = lastRead;
    private String failure = "";

    /**
     * The tenants at the start.
     *
     * @param file null for none
     * @throws StartupException if a setting is not valid
     */
    ConfiguredTenantCatalog(Environment environment, List<VendorAccountFactory> factories, @Nullable TenantsFile file) {
        this.environment = environment;
        this.factories = List.copyOf(factories);
        this.file = file;
        this.reader = new TenantPropertyReader(
                factories.stream().map(factory -> factory.vendor().prefix()).collect(Collectors.toSet()));
        this.defaults = TenantSettings.of(Tenant.DEFAULT, environment);
        try {
            for (String name : reader.read(ConfigurationPropertySources.get(environment), false)
                    .keySet()) {
                TenantSettings settings = TenantSettings.of(Tenant.of(name), environment);
                settings.check(factories);
                fixed.put(Tenant.of(name), settings);
            }
            applied = file == null ? applied : file.read();
            tenants = withFile(applied);
        } catch (IllegalArgumentException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Set<Tenant> tenants() {
        return tenants.keySet();
    }

    @Override
    public boolean isInUse() {
        return file != null || !fixed.isEmpty();
    }

    @Override
    public void onChange(Consumer<Tenant> listener) {
        listeners.add(listener);
    }

    /**
     * The settings of a tenant.
     *
     * @throws UnknownTenantException if it is not configured
     */
    TenantSettings require(Tenant tenant) {
        TenantSettings settings = tenant.isDefault() ? defaults : tenants.get(tenant);
        if (settings == null) {
            throw new UnknownTenantException(tenant);
        }
        return settings;
    }

    /**
     * Applies a changed file once two consecutive reads are equal, as it may be incomplete while it is being written.
     * If it is not valid, the tenants stay unchanged.
     */
    synchronized void refresh() {
        if (file == null) {
            return;
        }
        try {
            byte[] content = file.read();
            boolean complete = Arrays.equals(content, lastRead);
            lastRead = content;
            if (complete && !Arrays.equals(content, applied)) {
                applied = content;
                apply(withFile(content));
            }
            failure = "";
        } catch (IllegalArgumentException e) {
            if (!failure.equals(e.getMessage())) {
                failure = String.valueOf(e.getMessage());
                LOG.error("Tenants unchanged: {}", failure);
            }
        }
    }

    private void apply(Map<Tenant, TenantSettings> after) {
        Map<Tenant, TenantSettings> before = tenants;
        tenants = after;
        List<Tenant> withdrawn = before.keySet().stream()
                .filter(tenant -> before.get(tenant) != after.get(tenant))
                .toList();
        withdrawn.forEach(tenant -> listeners.forEach(listener -> listener.accept(tenant)));
        LOG.info("Tenants reloaded: tenants={} changedOrWithdrawn={}", after.size(), withdrawn.size());
    }

    /**
     * All tenants with the given content of the file. Tenants whose settings have not changed keep their settings
     * object.
     */
    private Map<Tenant, TenantSettings> withFile(byte[] content) {
        Map<Tenant, TenantSettings> all = new HashMap<>(fixed);
        if (file != null) {
            reader.read(file.parse(content), true).forEach((name, values) -> {
                Tenant tenant = Tenant.of(name);
                TenantSettings known = tenants.get(tenant);
                TenantSettings settings = TenantSettings.of(tenant, values, environment);
                if (settings.isSame(known)) {
                    settings = known;
                } else {
                    settings.check(factories);
                }
                if (all.put(tenant, settings) != null) {
                    throw new IllegalArgumentException(
                            "Tenant '" + name + "' has settings in the configuration and in the tenants file");
                }
            });
        }
        checkDistinct(all.keySet());
        return Map.copyOf(all);
    }

    /** Property names that differ in hyphens only are equal. */
    private static void checkDistinct(Collection<Tenant> tenants) {
        Map<String, String> names = new HashMap<>();
        for (Tenant tenant : tenants) {
            String other = names.put(tenant.name().replace("-", ""), tenant.name());
            if (other != null) {
                throw new IllegalArgumentException(
                        "Tenants '" + other + "' and '" + tenant.name() + "' have names that differ in hyphens only");
            }
        }
    }
}
