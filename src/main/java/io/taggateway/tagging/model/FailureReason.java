package io.taggateway.tagging.model;

/** The reason why a vendor's part of a response is missing. */
public enum FailureReason {
    /** No connection, a lost connection, or a proxy that could not reach the vendor. */
    UNAVAILABLE(true),
    /** Any other 5xx response. */
    SERVER_ERROR(true),
    /** Too many requests to the vendor are pending, so this one was not sent. */
    OVERLOADED(true),
    /** No response within the vendor's time limit. */
    TIMEOUT(true),
    /** The vendor limits the rate. */
    RATE_LIMITED(true),
    /** Too many recent requests have failed, so no requests are sent for a few seconds. */
    CIRCUIT_OPEN(true),
    /** The vendor refused the gateway's credentials. */
    AUTH_FAILED(false),
    /** The credentials lack a right that this request needs. */
    FORBIDDEN(false),
    /** A response that is not as documented: it is not JSON, is incomplete, or is too large. */
    INVALID_RESPONSE(true),
    /** The vendor refused the request or its input. */
    REJECTED_INPUT(false),
    /** An object with this name already exists. */
    CONFLICT(false),
    /** The vendor has no object with that id; most ports return an empty result instead. */
    NOT_FOUND(false),
    /** No credentials are configured for this vendor. */
    NOT_CONFIGURED(false),
    /** The operation has reached its limit on vendor requests, so this one was not sent; the vendor is not at fault. */
    REQUEST_LIMIT(false),
    /** The store that replicas share is not available, so a write that needs it was not sent. */
    CLUSTER_UNAVAILABLE(true);

    private final boolean retryable;

    FailureReason(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
