package io.taggateway.tagging.source;

import io.taggateway.tagging.model.FailureReason;

/** A way in which a vendor can fail. */
public enum SourceFault {
    REFUSED_CREDENTIALS(FailureReason.AUTH_FAILED),
    MISSING_RIGHT(FailureReason.FORBIDDEN),
    NOT_THERE(FailureReason.NOT_FOUND),
    TOO_MANY_REQUESTS(FailureReason.RATE_LIMITED),
    SERVER_ERROR(FailureReason.SERVER_ERROR),
    GATEWAY_PAGE(FailureReason.UNAVAILABLE),
    GARBAGE(FailureReason.INVALID_RESPONSE),
    EMPTY_BODY(FailureReason.INVALID_RESPONSE),
    CUT_OFF(FailureReason.UNAVAILABLE),
    SILENCE(FailureReason.TIMEOUT);

    private final FailureReason reason;

    SourceFault(FailureReason reason) {
        this.reason = reason;
    }

    /** The expected reason of the failure. */
    public FailureReason reason() {
        return reason;
    }
}
