package io.taggateway.tagging.model;

import org.jspecify.annotations.Nullable;

/**
 * The owner of the vendor accounts that a request uses. Tenants share no caches, limits and circuit breakers.
 *
 * @param name unique within the gateway
 */
public record Tenant(String name) {

    /** The tenant of the settings under {@code gateway.vendors}, and of callers without a tenant. */
    public static final Tenant DEFAULT = new Tenant("default");

    /** The tenant with a name; the default tenant if the name is null. */
    public static Tenant of(@Nullable String name) {
        return name == null || name.equals(DEFAULT.name) ? DEFAULT : new Tenant(name);
    }

    /** Whether this is the default tenant. */
    public boolean isDefault() {
        return equals(DEFAULT);
    }
}
