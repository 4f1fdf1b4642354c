package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Tenant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tenants that are configured. */
public interface TenantCatalog {

    /** All tenants that are configured now, beside {@link Tenant#DEFAULT}, which always is. */
    Set<Tenant> tenants();

    /** Whether a tenant is configured now. */
    default boolean isConfigured(Tenant tenant) {
        return tenant.isDefault() || tenants().contains(tenant);
    }

    /** Whether operators have configured such tenants, or may do so while the gateway runs. */
    boolean isInUse();

    /**
     * The limits on each caller of a tenant.
     *
     * @return what the tenant sets; limits that are null are those of all callers
     */
    CallerLimits limits(Tenant tenant);

    /** Calls a listener with each tenant whose settings have changed, or that is not configured any more. */
    void onChange(Consumer<Tenant> listener);

    /**
     * How much each caller of a tenant may ask for in a minute.
     *
     * @param requestsPerMinute null where the tenant does not say
     * @param costPerMinute null where the tenant does not say
     */
    record CallerLimits(
            @Nullable Integer requestsPerMinute, @Nullable Integer costPerMinute) {

        /** Those of a tenant that sets none. */
        public static final CallerLimits UNSET = new CallerLimits(null, null);

        /** Checks that the limits are positive. */
        public CallerLimits {
            if ((requestsPerMinute != null && requestsPerMinute < 1) || (costPerMinute != null && costPerMinute < 1)) {
                throw new IllegalArgumentException("requests-per-minute and cost-per-minute must be at least 1");
            }
        }
    }
}
