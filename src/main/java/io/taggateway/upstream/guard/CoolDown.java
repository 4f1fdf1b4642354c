package io.taggateway.upstream.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time for which a vendor has asked to be left alone. */
final class CoolDown {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Clock clock;
    private @Nullable Instant until;
    private Duration next = SHORTEST;

    CoolDown(Clock clock) {
        this.clock = clock;
    }

    /** How long the vendor is still to be left alone; zero where it may be asked. */
    synchronized Duration remaining() {
        Duration remaining = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    /** Until when the vendor is to be left alone; null where it may be asked. */
    synchronized @Nullable Instant until() {
        return remaining().isZero() ? null : until;
    }

    /** Begins, or lasts longer; a vendor that names no time to come is left alone twice as long each time. */
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

    /** The vendor has answered, so that its next wish begins with the shortest time again. */
    synchronized void answered() {
        next = SHORTEST;
    }

    private Duration extend(Duration wait) {
        if (wait.compareTo(remaining()) > 0) {
            until = clock.instant().plus(wait);
        }
        return remaining();
    }
}
