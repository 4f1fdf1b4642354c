package io.taggateway.sandbox.http;

import java.io.Serial;

/** A request that a played vendor answers with an error status and a message. */
public final class RejectedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    public RejectedException(int status, String message) {
        super(message);
        this.status = status;
    }

    RejectedException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
