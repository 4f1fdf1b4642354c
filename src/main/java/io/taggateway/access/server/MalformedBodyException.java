package io.taggateway.access.server;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request is refused, as a chunk of its body is malformed. */
public final class MalformedBodyException extends ResponseStatusException {

    private static final long serialVersionUID = 1L;

    MalformedBodyException() {
        super(HttpStatus.BAD_REQUEST, "A chunk of the body is malformed.");
    }
}
