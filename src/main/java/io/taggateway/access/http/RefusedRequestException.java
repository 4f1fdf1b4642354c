package io.taggateway.access.http;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request is refused; the message is for the caller. */
final class RefusedRequestException extends ResponseStatusException {

    private static final long serialVersionUID = 1L;

    RefusedRequestException(String reason) {
        super(HttpStatus.BAD_REQUEST, reason);
    }
}
