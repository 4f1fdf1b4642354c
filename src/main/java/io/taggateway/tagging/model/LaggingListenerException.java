package io.taggateway.tagging.model;

/** A subscription has ended, as its subscriber consumes events too slowly. */
public final class LaggingListenerException extends GatewayException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message says what the subscriber can do. */
    public LaggingListenerException() {
        super("Events were read too slowly, and some were lost. Query the current data, and subscribe again.");
    }
}
