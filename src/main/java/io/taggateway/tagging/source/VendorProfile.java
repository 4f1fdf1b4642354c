package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import java.util.Set;

/**
 * The capabilities of a vendor's API, and the origin of the account.
 *
 * @param supported the capabilities for those who have an account
 */
public record VendorProfile(Vendor vendor, Set<Capability> supported, Origin origin) {

    /** The origin of the account at a vendor. */
    public enum Origin {
        /** An account with configured credentials. */
        LIVE,
        /** An account of the built-in sandbox. */
        SANDBOX,
        /** No account, as the vendor is not configured. */
        NONE
    }

    /** The capabilities that this gateway can use. */
    public Set<Capability> capabilities() {
        return configured() ? supported : Set.of();
    }

    /** Whether requests to the vendor are possible. */
    public boolean configured() {
        return origin != Origin.NONE;
    }
}
