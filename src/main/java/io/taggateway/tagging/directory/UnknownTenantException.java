package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Tenant;

/** A tenant that is not configured. */
public final class UnknownTenantException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownTenantException(Tenant tenant) {
        super("Tenant is not configured: " + tenant.name(), null, false, false);
    }
}
