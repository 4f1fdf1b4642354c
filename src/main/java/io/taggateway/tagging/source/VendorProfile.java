package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import java.util.Set;

/**
 * What a vendor's API can do, and through whose account it is used.
 *
 * @param supported what the vendor's API can do for those who have an account
 */
public record VendorProfile(Vendor vendor, Set<Capability> supported, Origin origin) {

    /** Whose account at a vendor the gateway uses. */
    public enum Origin {
        /** A real one, with configured credentials. */
        LIVE,
        /** The built-in sandbox's. */
        SANDBOX,
        /** None: the vendor is not configured. */
        NONE
    }

    /** What can be done through this gateway. */
    public Set<Capability> capabilities() {
        return configured() ? supported : Set.of();
    }

    /** Whether requests to the vendor are possible. */
    public boolean configured() {
        return origin != Origin.NONE;
    }
}
