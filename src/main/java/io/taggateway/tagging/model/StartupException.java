package io.taggateway.tagging.model;

/** The gateway cannot start with its configuration. The message names the setting to change. */
public final class StartupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(message);
    }
}
