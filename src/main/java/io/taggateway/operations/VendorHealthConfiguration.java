package io.taggateway.operations;

import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.Vendor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows each vendor's condition to operators, as {@code /actuator/health/vendors}; never asks a vendor. */
@Configuration(proxyBeanMethods = false)
class VendorHealthConfiguration {

    @Bean
    HealthContributor vendorHealthContributor(TenantRegistry tenants) {
        Map<String, HealthContributor> indicators = new LinkedHashMap<>();
        try (Lease lease = tenants.lease()) {
            for (VendorAccount account : lease.directory().accounts()) {
                HealthIndicator indicator = () -> health(tenants, account.vendor());
                indicators.put(account.vendor().prefix(), indicator);
            }
        }
        return CompositeHealthContributor.fromMap(indicators);
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
