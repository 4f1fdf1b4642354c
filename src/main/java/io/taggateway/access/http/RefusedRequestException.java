package io.taggateway.access.http;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request that is no good, with a sentence for the caller that says why. */
public final class RefusedRequestException extends ResponseStatusException {

    private static final long serialVersionUID = 1L;

    private final String text;

    RefusedRequestException(String text) {
        super(HttpStatus.BAD_REQUEST, text);
        this.text = text;
    }

    /** The sentence for the caller. */
    public String text() {
        return text;
    }
}
