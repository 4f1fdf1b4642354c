package io.taggateway.access.quota;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * The headers {@code RateLimit} and {@code RateLimit-Policy} of the IETF draft
 * (draft-ietf-httpapi-ratelimit-headers-11), which list limits by name.
 */
final class RateLimitHeader {

    static final String NAME = "RateLimit";
    static final String POLICY = "RateLimit-Policy";

    private RateLimitHeader() {}

    /** A configured limit: its quota and its window in seconds. */
    static String policy(String limit, long perMinute) {
        return "\"" + limit + "\";q=" + perMinute + ";w=" + KeyedRateLimit.PERIOD.toSeconds();
    }

    /**
     * The remaining quota of a limit, and the seconds until the next unit of quota is available. This is never later
     * than {@code Retry-After}.
     */
    static String state(String limit, long perMinute, ConsumptionProbe probe) {
        long nextUnit = Math.ceilDiv(KeyedRateLimit.PERIOD.toSeconds(), perMinute);
        long window = probe.isConsumed() ? nextUnit : Math.min(nextUnit, retryAfter(probe));
        return "\"" + limit + "\";r=" + probe.getRemainingTokens() + ";t=" + window;
    }

    /** The seconds, rounded up, after which the rejected request would be accepted. */
    static long retryAfter(ConsumptionProbe refused) {
        return Math.max(1, seconds(refused.getNanosToWaitForRefill()));
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos());
    }
}
