package io.taggateway.tagging.model;

/** Everything that can fail and that is reported to a caller in a message of the gateway. */
public abstract sealed class GatewayException extends RuntimeException
        permits BadInputException, ForbiddenException, LaggingListenerException, SourceException {

    private static final long serialVersionUID = 1L;

    /** An exception whose message is fit for callers; it has no stack trace, as it is a result and not a defect. */
    GatewayException(String message) {
        super(message, null, false, false);
    }

    /** The message, never null. */
    public final String text() {
        return String.valueOf(getMessage());
    }
}
