package io.taggateway.tagging.model;

/** A subscriber that consumes changes too slowly, whose subscription therefore ends. */
public final class LaggingListenerException extends GatewayException {

    private static final long serialVersionUID = 1L;

    /** An exception whose message says what the subscriber can do. */
    public LaggingListenerException() {
        super("Events were taken in too slowly, and some were lost. Read what you need again, and subscribe again.");
    }
}
