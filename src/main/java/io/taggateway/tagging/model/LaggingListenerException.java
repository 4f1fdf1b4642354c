package io.taggateway.tagging.model;

/** A subscriber that consumes changes too slowly, whose subscription therefore ends. */
public final class LaggingListenerException extends GatewayException {

    private static final long serialVersionUID = 1L;

    /** An exception whose message says what the subscriber can do. */
    public LaggingListenerException() {
        super("Events were read too slowly, and some were lost. Query the current data, and subscribe again.");
    }
}
