package io.taggateway.access.security;

import java.io.Serial;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;

/**
 * A caller who is not authenticated (401), or may not do what it asks for (403). The message is a sentence for the
 * caller, without any part of the credential.
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

    /** The rejection of a caller who is known, but has no access. */
    public static CallerRejectedException forbidden(String message) {
        return new CallerRejectedException(HttpStatus.FORBIDDEN, message, "");
    }

    /** The rejection of a caller whose tenant is not configured. */
    public static CallerRejectedException unknownTenant() {
        return forbidden("The tenant of the caller is not configured.");
    }

    /** The sentence for the caller. */
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

    /** Omits the stack trace, as guessed keys can cause many of these. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
