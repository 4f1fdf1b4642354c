package io.taggateway.operations;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.source.VendorProfile.Origin;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Refuses to start a gateway that has no vendor at all, as its callers would get empty lists. */
@Component
class ConfiguredVendorCheck implements InitializingBean {

    private final TenantRegistry tenants;
    private final TenantCatalog catalog;

    ConfiguredVendorCheck(TenantRegistry tenants, TenantCatalog catalog) {
        this.tenants = tenants;
        this.catalog = catalog;
    }

    @Override
    public void afterPropertiesSet() {
        try (Lease lease = tenants.lease()) {
            boolean none = lease.directory().profiles().stream().allMatch(profile -> profile.origin() == Origin.NONE);
            if (none && !catalog.isInUse()) {
                throw new StartupException("No vendor is configured: set the credentials of one that is enabled, or"
                        + " GATEWAY_SANDBOX_ENABLED=true to have them simulated.");
            }
        }
    }
}
