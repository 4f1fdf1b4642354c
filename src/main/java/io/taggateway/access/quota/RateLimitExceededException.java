package io.taggateway.access.quota;

import io.github.bucket4j.ConsumptionProbe;
import java.io.Serial;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request is rejected with 429 before it is read, as its address sends too many. */
public final class RateLimitExceededException extends ResponseStatusException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long perMinute;
    private final transient ConsumptionProbe probe;

    RateLimitExceededException(String sentence, String limit, long perMinute, ConsumptionProbe probe) {
        super(HttpStatus.TOO_MANY_REQUESTS, sentence);
        this.limit = limit;
        this.perMinute = perMinute;
        this.probe = probe;
    }

    /** The reason, for the caller. */
    public String sentence() {
        return Objects.requireNonNull(getReason());
    }

    /** The seconds, rounded up, after which a request is accepted again. */
    public long retryAfterSeconds() {
        return RateLimitHeader.retryAfter(probe);
    }

    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds()));
        headers.set(RateLimitHeader.POLICY, RateLimitHeader.policy(limit, perMinute));
        headers.set(RateLimitHeader.NAME, RateLimitHeader.state(limit, perMinute, probe));
        return headers;
    }
}
