package io.taggateway.access.http;

import io.taggateway.tagging.operation.ShelfLife;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    private final Clock clock;

    CacheHeaders(Clock clock) {
        this.clock = clock;
    }

    /** The headers of an answer without errors. */
    HttpHeaders of(HttpOperation operation, byte[] body) {
        HttpHeaders headers = ofErrors();
        if (!operation.isQuery()) {
            return headers;
        }
        ShelfLife shelfLife = operation.shelfLife();
        headers.setCacheControl(cacheControl(shelfLife.freshFor()));
        Instant oldest = shelfLife.oldest();
        if (oldest != null) {
            long age = Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
            headers.set(HttpHeaders.AGE, Long.toString(age));
        }
        if (operation.isByGet()) {
            headers.setETag(BodyTag.of(body));
        }
        return headers;
    }

    /** The headers of an answer with errors. */
    HttpHeaders ofErrors() {
        HttpHeaders headers = new HttpHeaders();
        headers.setVary(VARY);
        headers.setCacheControl(CacheControl.noStore());
        return headers;
    }

    /** Everybody is answered alike, as long as the gateway does not know its callers. */
    private static CacheControl cacheControl(Duration freshFor) {
        CacheControl control = freshFor.toSeconds() > 0 ? CacheControl.maxAge(freshFor) : CacheControl.noCache();
        return control.cachePublic();
    }
}
