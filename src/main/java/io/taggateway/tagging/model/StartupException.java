package io.taggateway.tagging.model;

/** Why a gateway does not start as it is configured, in a sentence for its operator. */
public final class StartupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(message);
    }
}
