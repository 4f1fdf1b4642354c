package io.taggateway.tagging.source;

/** How a vendor is doing. */
public enum VendorStatus {
    UP,
    /** It answers, but not everything or not everyone. */
    DEGRADED,
    DOWN,
    NOT_CONFIGURED
}
