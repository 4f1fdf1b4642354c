package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Tenant;

/**
 * Identifies the tenant of an account in meters and log lines.
 *
 * @param own whether the tenant has meters of its own; all other tenants share meters
 */
public record TenantLabel(Tenant tenant, boolean own) {

    /** The key of the label. */
    public static final String KEY = "tenant";

    /** The label of all tenants without meters of their own; no tenant has this name. */
    private static final String OTHERS = "(others)";

    /** The value of the label of meters. */
    public String value() {
        return own ? tenant.name() : OTHERS;
    }
}
