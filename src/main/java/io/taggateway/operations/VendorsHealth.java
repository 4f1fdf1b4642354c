package io.taggateway.operations;

import io.taggateway.tagging.directory.VendorService;
import io.taggateway.tagging.directory.VendorState;
import io.taggateway.tagging.source.VendorStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows each vendor's condition to operators, as {@code /actuator/health/vendors}; never asks a vendor. */
@Configuration(proxyBeanMethods = false)
class VendorsHealth {

    @Bean
    HealthContributor vendorHealthContributor(VendorService vendors) {
        Map<String, HealthContributor> indicators = new LinkedHashMap<>();
        for (VendorState state : vendors.list()) {
            HealthIndicator indicator = () -> vendors.list().stream()
                    .filter(current -> current.vendor() == state.vendor())
                    .findFirst()
                    .map(VendorsHealth::health)
                    .orElseThrow();
            indicators.put(state.vendor().prefix(), indicator);
        }
        return CompositeHealthContributor.fromMap(indicators);
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
