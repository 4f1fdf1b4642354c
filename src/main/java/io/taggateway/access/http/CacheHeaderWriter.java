package io.taggateway.access.http;

import io.taggateway.tagging.operation.CacheHint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Writes the headers with the age of a response and the time for which it is fresh. */
@Component
class CacheHeaderWriter {

    private final Clock clock;
    private final boolean publicTags;

    /**
     * A writer of headers.
     *
     * @param publicTags whether shared caches may store responses that were computed from tag lists only
     */
    CacheHeaderWriter(Clock clock, @Value("${gateway.response.public-tags:false}") boolean publicTags) {
        this.clock = clock;
        this.publicTags = publicTags;
    }

    /** A response is fresh as long as all of its lists are, and as old as the oldest of them. */
    void write(HttpHeaders headers, CacheHint hint) {
        Duration freshFor = hint.freshFor();
        CacheControl control = freshFor.toSeconds() > 0 ? CacheControl.maxAge(freshFor) : CacheControl.noCache();
        headers.setCacheControl(publicTags && hint.isPublic() ? control.cachePublic() : control.cachePrivate());
        Instant oldest = hint.fetchedAt();
        if (oldest != null) {
            long age = Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
            headers.set(HttpHeaders.AGE, Long.toString(age));
        }
    }
}
