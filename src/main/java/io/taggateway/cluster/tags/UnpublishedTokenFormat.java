package io.taggateway.cluster.tags;

import io.taggateway.tagging.operation.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The format of tokens for writes that could not be published, which contains the time of the write. */
final class UnpublishedTokenFormat {

    private static final Pattern FORM = Pattern.compile("u-([0-9a-z]{1,10})-[0-9a-z]{1,7}");

    /** The difference between the clocks of two replicas. */
    private static final Duration MAX_SKEW = Duration.ofMinutes(1);

    private final Duration lifetime;
    private final Clock clock;

    /**
     * A format.
     *
     * @param lifetime age from which lists are not returned without a request to the vendor
     */
    UnpublishedTokenFormat(Duration lifetime, Clock clock) {
        this.lifetime = lifetime.plus(MAX_SKEW);
        this.clock = MonotonicClock.wall(clock);
    }

    /** A new token, different from all others. */
    String issue() {
        int random = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        return "u-" + Long.toString(clock.millis(), Character.MAX_RADIX) + '-'
                + Integer.toString(random, Character.MAX_RADIX);
    }

    /** Whether a list may be older than the write of a token; false for any other text. */
    boolean isValid(String token) {
        Matcher parts = FORM.matcher(token);
        return parts.matches()
                && Math.abs(clock.millis() - Long.parseLong(parts.group(1), Character.MAX_RADIX))
                        <= lifetime.toMillis();
    }
}
