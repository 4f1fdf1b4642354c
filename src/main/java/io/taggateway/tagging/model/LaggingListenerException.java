package io.taggateway.tagging.model;

/** A listener to changes that takes them in too slowly, and is therefore told no more. */
public final class LaggingListenerException extends GatewayException {

    private static final long serialVersionUID = 1L;

    /** An exception that tells the listener what to do. */
    public LaggingListenerException() {
        super("Events were taken in too slowly, and some were lost. Read what you need again, and subscribe again.");
    }
}
