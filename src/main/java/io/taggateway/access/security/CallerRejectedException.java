package io.taggateway.access.security;

import java.io.Serial;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;

/**
 * A caller is not authenticated (401) or lacks a permission (403). The message is for the caller and contains no part
 * of the credential.
 */
public final class CallerRejectedException extends AuthenticationException implements ErrorResponse {

    @Serial
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    /** The value of {@code WWW-Authenticate}; empty for none. */
    private final String challenge;

    private CallerRejectedException(HttpStatus status, String message, String challenge) {
        super(message);
        this.status = status;
        this.challenge = challenge;
    }

    static CallerRejectedException unauthenticated(String message, String challenge) {
        return new CallerRejectedException(HttpStatus.UNAUTHORIZED, message, challenge);
    }

    /** The rejection of an authenticated caller without access. */
    public static CallerRejectedException forbidden(String message) {
        return new CallerRejectedException(HttpStatus.FORBIDDEN, message, "");
    }

    /** The rejection of a caller whose tenant is not configured. */
    public static CallerRejectedException unknownTenant() {
        return forbidden("The tenant of the caller is not configured.");
    }

    /** The message for the caller. */
    public String sentence() {
        return Objects.requireNonNull(getMessage());
    }

    @Override
    public HttpStatus getStatusCode() {
        return status;
    }

    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        if (!challenge.isEmpty()) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        return headers;
    }

    @Override
    public ProblemDetail getBody() {
        return ProblemDetail.forStatusAndDetail(status, sentence());
    }

    /** Omits the stack trace, as guessing keys causes many of these exceptions. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
