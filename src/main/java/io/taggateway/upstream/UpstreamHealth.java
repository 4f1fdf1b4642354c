package io.taggateway.upstream;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.CircuitState;
import io.taggateway.tagging.source.VendorCondition;
import io.taggateway.tagging.source.VendorHealth;
import io.taggateway.tagging.source.VendorStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the last request to each vendor told of its condition. */
final class UpstreamHealth implements VendorHealth {

    private final Map<Account, VendorStatus> last = new ConcurrentHashMap<>();

    @Override
    public VendorCondition condition(Tenant tenant, Vendor vendor) {
        VendorStatus status = last.getOrDefault(new Account(tenant, vendor), VendorStatus.UP);
        return new VendorCondition(status, CircuitState.CLOSED, null);
    }

    void answered(Tenant tenant, Vendor vendor) {
        last.put(new Account(tenant, vendor), VendorStatus.UP);
    }

    void failed(Tenant tenant, SourceException failure) {
        last.put(new Account(tenant, failure.vendor()), status(failure.reason()));
    }

    private static VendorStatus status(FailureReason reason) {
        return switch (reason) {
            case UNAVAILABLE, TIMEOUT, AUTH_FAILED, INVALID_RESPONSE -> VendorStatus.DOWN;
            case RATE_LIMITED, FORBIDDEN -> VendorStatus.DEGRADED;
            case REJECTED_INPUT, CONFLICT, NOT_FOUND -> VendorStatus.UP;
            case NOT_CONFIGURED -> VendorStatus.NOT_CONFIGURED;
        };
    }

    private record Account(Tenant tenant, Vendor vendor) {}
}
