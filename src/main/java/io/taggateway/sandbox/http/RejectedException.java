package io.taggateway.sandbox.http;

/** A simulated vendor rejects a request with an error status and a message. */
public final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public RejectedException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
