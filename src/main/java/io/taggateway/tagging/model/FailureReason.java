package io.taggateway.tagging.model;

/** Why a vendor's part of a response is missing. */
public enum FailureReason {
    /** No connection, a lost connection, or a proxy that could not reach the vendor. */
    UNAVAILABLE(true),
    /** Any other 5xx response. */
    SERVER_ERROR(true),
    /** So much has been asked of the vendor already that no more is sent for the moment. */
    OVERLOADED(true),
    /** No response within the vendor's time limit. */
    TIMEOUT(true),
    /** The vendor limits the rate. */
    RATE_LIMITED(true),
    /** Too many requests have failed lately, so that none is sent for a while. */
    CIRCUIT_OPEN(true),
    /** The vendor refused the gateway's credentials. */
    AUTH_FAILED(false),
    /** The credentials lack a right that this request needs. */
    FORBIDDEN(false),
    /** A response that the vendor does not document: it is not JSON, incomplete or too large. */
    INVALID_RESPONSE(true),
    /** The vendor refused the request or its input. */
    REJECTED_INPUT(false),
    /** What was to be created or renamed has a name that is taken. */
    CONFLICT(false),
    /** The vendor has no object with that id; most ports return an empty result instead. */
    NOT_FOUND(false),
    /** No credentials of this vendor are set. */
    NOT_CONFIGURED(false),
    /** The operation has had as many requests sent as it may, so that this one was not; no fault of the vendor's. */
    REQUEST_LIMIT(false);

    private final boolean retryable;

    FailureReason(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request may succeed later with nothing changed. */
    public boolean retryable() {
        return retryable;
    }
}
