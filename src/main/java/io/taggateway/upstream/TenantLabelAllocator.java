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
     * An allocator without allocations.
     *
     * @param max the maximum number of tenants with meters of their own, in addition to the default one
     */
    TenantLabelAllocator(TenantCatalog catalog, int max) {
        this.catalog = catalog;
        this.max = max;
    }

    /** The label of a tenant. Labels of tenants that are no longer configured are reused. */
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
