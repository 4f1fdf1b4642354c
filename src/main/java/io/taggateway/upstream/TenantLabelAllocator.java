package io.taggateway.upstream;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.model.Tenant;
import java.util.HashSet;
import java.util.Set;

/** Gives a limited number of tenants meters of their own: those that are opened first. */
final class TenantLabelAllocator {

    private final TenantCatalog catalog;
    private final int max;
    private final Set<Tenant> labelled = new HashSet<>();

    /**
     * An allocator that has given nothing yet.
     *
     * @param max how many tenants have meters of their own, beside the default one
     */
    TenantLabelAllocator(TenantCatalog catalog, int max) {
        this.catalog = catalog;
        this.max = max;
    }

    /** The label of a tenant; tenants that are not configured any more leave theirs to others. */
    synchronized TenantLabel label(Tenant tenant) {
        if (tenant.isDefault() || labelled.contains(tenant)) {
            return new TenantLabel(tenant, true);
        }
        if (labelled.size() >= max) {
            labelled.retainAll(catalog.tenants());
        }
        return new TenantLabel(tenant, labelled.size() < max && labelled.add(tenant));
    }
}
