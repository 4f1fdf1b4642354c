package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Tenant;
import java.util.Set;
import java.util.function.Consumer;

/** The tenants that are configured. */
public interface TenantCatalog {

    /** All tenants that are configured now, without {@link Tenant#DEFAULT}, which always is. */
    Set<Tenant> tenants();

    /** Whether a tenant is configured now. */
    default boolean isConfigured(Tenant tenant) {
        return tenant.isDefault() || tenants().contains(tenant);
    }

    /** Whether tenants are configured, or may be while the gateway runs. */
    boolean isInUse();

    /** Calls a listener with each tenant whose settings have changed, or that is no longer configured. */
    void onChange(Consumer<Tenant> listener);
}
