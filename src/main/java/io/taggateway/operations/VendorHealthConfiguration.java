package io.taggateway.operations;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.directory.VendorState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Provides the condition of each vendor at {@code /actuator/health/vendors}, without vendor requests. Of other tenants
 * than the default one, it contains those with a vendor that is not up; they do not make the gateway unhealthy.
 */
@Configuration(proxyBeanMethods = false)
class VendorHealthConfiguration {

    /** For more tenants, only the number is useful, which metrics have. */
    private static final int MAX_SHOWN = 20;

    @Bean
    HealthContributor vendorHealthContributor(TenantRegistry tenants, TenantCatalog catalog) {
        Map<String, HealthContributor> indicators = new LinkedHashMap<>();
        try (Lease lease = tenants.lease()) {
            for (VendorAccount account : lease.directory().accounts()) {
                HealthIndicator indicator = () -> health(tenants, account.vendor());
                indicators.put(account.vendor().prefix(), indicator);
            }
        }
        if (catalog.isInUse()) {
            HealthIndicator others = () -> health(tenants.open(), catalog.tenants());
            indicators.put("tenants", others);
        }
        return CompositeHealthContributor.fromMap(indicators);
    }

    private static Health health(Map<Tenant, VendorDirectory> open, Set<Tenant> configured) {
        SortedMap<String, SortedMap<String, VendorStatus>> unavailable = new TreeMap<>();
        open.forEach((tenant, directory) -> {
            SortedMap<String, VendorStatus> vendors = unavailable(directory);
            if (configured.contains(tenant) && !vendors.isEmpty()) {
                unavailable.put(tenant.name(), vendors);
                if (unavailable.size() > MAX_SHOWN) {
                    unavailable.pollLastEntry();
                }
            }
        });
        return Health.up()
                .withDetail("configured", configured.size())
                .withDetail(
                        "open",
                        open.keySet().stream().filter(configured::contains).count())
                .withDetail("notUp", unavailable)
                .build();
    }

    private static SortedMap<String, VendorStatus> unavailable(VendorDirectory directory) {
        SortedMap<String, VendorStatus> vendors = new TreeMap<>();
        for (VendorAccount account : directory.accounts()) {
            VendorStatus status = account.condition().status();
            if (status != VendorStatus.UP && status != VendorStatus.NOT_CONFIGURED) {
                vendors.put(account.vendor().prefix(), status);
            }
        }
        return vendors;
    }

    private static Health health(TenantRegistry tenants, Vendor vendor) {
        try (Lease lease = tenants.lease()) {
            VendorAccount account = Objects.requireNonNull(lease.directory().find(vendor));
            return health(account.state());
        }
    }

    private static Health health(VendorState state) {
        Health.Builder health = Health.status(status(state.status()))
                .withDetail("status", state.status())
                .withDetail("circuit", state.circuit());
        if (state.coolDownUntil() != null) {
            health.withDetail("coolDownUntil", state.coolDownUntil());
        }
        if (state.tagList() != null) {
            health.withDetail("tags", state.tagList());
        }
        return health.build();
    }

    private static Status status(VendorStatus status) {
        return switch (status) {
            case UP, DEGRADED -> Status.UP;
            case DOWN -> Status.DOWN;
            case NOT_CONFIGURED -> Status.UNKNOWN;
        };
    }
}
