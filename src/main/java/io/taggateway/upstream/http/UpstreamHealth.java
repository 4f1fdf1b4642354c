package io.taggateway.upstream.http;

import io.taggateway.tagging.directory.VendorHealth;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.CircuitState;
import io.taggateway.tagging.source.VendorCondition;
import io.taggateway.tagging.source.VendorStatus;
import io.taggateway.upstream.guard.UpstreamGuard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The condition of each vendor's account, as the guard before it sees it. */
public final class UpstreamHealth implements VendorHealth {

    private static final VendorCondition UNKNOWN =
            new VendorCondition(VendorStatus.NOT_CONFIGURED, CircuitState.CLOSED, null);

    private final Map<Vendor, UpstreamGuard> guards = new ConcurrentHashMap<>();

    @Override
    public VendorCondition condition(Vendor vendor) {
        UpstreamGuard guard = guards.get(vendor);
        return guard == null ? UNKNOWN : guard.condition();
    }

    void watch(Vendor vendor, UpstreamGuard guard) {
        guards.put(vendor, guard);
    }
}
