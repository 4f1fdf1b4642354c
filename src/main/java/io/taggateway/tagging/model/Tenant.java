package io.taggateway.tagging.model;

import org.jspecify.annotations.Nullable;

/**
 * Whose vendor accounts a request uses; caches, limits and breakers of two tenants never mix.
 *
 * @param name unique within the gateway
 */
public record Tenant(String name) {

    /** The tenant of the settings under {@code gateway.vendors}, and of callers that name none. */
    public static final Tenant DEFAULT = new Tenant("default");

    /** The tenant of a name; the default one where there is none. */
    public static Tenant of(@Nullable String name) {
        return name == null || name.equals(DEFAULT.name) ? DEFAULT : new Tenant(name);
    }

    /** Whether this is the tenant of callers that name none. */
    public boolean isDefault() {
        return equals(DEFAULT);
    }
}
