package io.taggateway.tagging.model;

/** A failure that is reported to a caller with a message of the gateway. */
public abstract sealed class GatewayException extends RuntimeException
        permits BadInputException, ForbiddenException, LaggingListenerException, SourceException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for callers. It has no stack trace, as it is a result and not a defect. */
    GatewayException(String message) {
        super(message, null, false, false);
    }

    /** The message, never null. */
    public final String text() {
        return String.valueOf(getMessage());
    }
}
