package io.taggateway.tagging.source;

/** Whose account at a vendor the gateway uses. */
public enum VendorAccount {
    /** A real one, with credentials that somebody set. */
    LIVE,
    /** The built-in sandbox's. */
    SANDBOX,
    /** None: the vendor is not configured. */
    NONE
}
