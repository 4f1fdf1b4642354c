package io.taggateway.access.security;

/** The gateway does not start, as strangers could use it and nobody has said that they may. */
final class ClosedGatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClosedGatewayException(String cause) {
        super("The gateway " + cause
                + ", and anyone who reaches it could use them: set GATEWAY_SECURITY_MODE=none to say that this"
                + " is meant.");
    }
}
