package io.taggateway.upstream.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a request that can be repeated is sent again when the vendor is not there.
 *
 * @param enabled whether at all
 * @param max times at the most
 * @param backoff the longest wait before the first time; each further one may be twice as long
 */
public record UpstreamRetry(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("2") int max,
        @DefaultValue("100ms") Duration backoff) {}
