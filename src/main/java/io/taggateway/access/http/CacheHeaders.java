package io.taggateway.access.http;

import io.taggateway.tagging.operation.CacheHint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Tells caches how long an answer is good: as long as the first of what it was made of, of which the oldest gives its
 * age. What was made of calls, contacts, old lists or nothing has to be asked for each time, and what has errors or has
 * changed something is nobody else's.
 */
@Component
class CacheHeaders {

    private static final List<String> VARY =
            List.of(HttpHeaders.ACCEPT, HttpHeaders.AUTHORIZATION, HttpHeaders.ACCEPT_ENCODING);
    private static final CacheControl NO_STORE = CacheControl.noStore();

    private final Clock clock;

    CacheHeaders(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds them.
     *
     * @param cacheHint how long the answer can be kept; null where it must not be
     */
    void addTo(HttpHeaders headers, @Nullable CacheHint cacheHint) {
        headers.setVary(VARY);
        if (cacheHint == null) {
            headers.setCacheControl(NO_STORE);
            return;
        }
        headers.setCacheControl(cacheControl(cacheHint.freshFor()));
        Instant oldest = cacheHint.fetchedAt();
        if (oldest != null) {
            long age = Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
            headers.set(HttpHeaders.AGE, Long.toString(age));
        }
    }

    /** Everybody is answered alike, as long as the gateway does not know its callers. */
    private static CacheControl cacheControl(Duration freshFor) {
        CacheControl control = freshFor.toSeconds() > 0 ? CacheControl.maxAge(freshFor) : CacheControl.noCache();
        return control.cachePublic();
    }
}
