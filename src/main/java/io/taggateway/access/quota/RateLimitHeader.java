package io.taggateway.access.quota;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * The headers {@code RateLimit} and {@code RateLimit-Policy} as the IETF's draft has them
 * (draft-ietf-httpapi-ratelimit-headers-10): lists of the limits by name.
 */
final class RateLimitHeader {

    static final String NAME = "RateLimit";
    static final String POLICY = "RateLimit-Policy";

    private RateLimitHeader() {}

    /** A limit as it is set: how many in how many seconds. */
    static String policy(String limit, long perMinute) {
        return "\"" + limit + "\";q=" + perMinute + ";w=" + KeyedRateLimit.PERIOD.toSeconds();
    }

    /** What is left of a limit, and in how many seconds all of it is there again. */
    static String state(String limit, ConsumptionProbe probe) {
        return "\"" + limit + "\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset());
    }

    /** Whole seconds after which there is enough for what was refused. */
    static long retryAfter(ConsumptionProbe refused) {
        return Math.max(1, seconds(refused.getNanosToWaitForRefill()));
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos());
    }
}
