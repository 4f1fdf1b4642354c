package io.taggateway.upstream.guard;

import io.taggateway.tagging.operation.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time during which a vendor that has limited the rate receives no requests. */
final class CoolDown {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Clock clock;
    private final VendorStateLog log;
    private @Nullable Instant until;
    private Duration next = SHORTEST;
    private boolean unanswered;

    CoolDown(Clock clock, VendorStateLog log) {
        this.clock = clock;
        this.log = log;
    }

    /** The remaining time; zero if requests may be sent. */
    synchronized Duration remaining() {
        Duration remaining = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    /** The end of the cool-down, by the wall clock; null if there is none. */
    synchronized @Nullable Instant until() {
        return until == null || remaining().isZero() ? null : MonotonicClock.toWall(clock, until);
    }

    /**
     * Begins or extends the cool-down. If the vendor gives no time, each cool-down is twice as long as the previous
     * one.
     */
    synchronized Duration begin(@Nullable Duration retryAfter) {
        if (retryAfter != null && retryAfter.isPositive()) {
            return extend(retryAfter);
        }
        if (!remaining().isZero()) {
            return remaining();
        }
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return extend(wait);
    }

    /** Begins or extends a cool-down that another replica has begun. */
    synchronized void join(Duration wait) {
        extend(wait);
    }

    /** Resets the length of the next cool-down to the shortest, after a response of the vendor. */
    synchronized void onResponse() {
        next = SHORTEST;
        if (unanswered && remaining().isZero()) {
            unanswered = false;
            log.recovered();
        }
    }

    private Duration extend(Duration wait) {
        Duration remaining = remaining();
        if (wait.compareTo(remaining) > 0) {
            until = clock.instant().plus(wait);
        }
        if (remaining.isZero()) {
            unanswered = true;
            log.coolDownBegan(wait);
        }
        return remaining();
    }
}
