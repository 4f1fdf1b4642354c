package io.taggateway.tagging.model;

/**
 * Whose vendor accounts a request uses; caches, limits and breakers of two tenants never mix.
 *
 * @param name unique within the gateway
 */
public record Tenant(String name) {

    /** The one tenant of a gateway that has a single set of credentials. */
    public static final Tenant DEFAULT = new Tenant("default");
}
