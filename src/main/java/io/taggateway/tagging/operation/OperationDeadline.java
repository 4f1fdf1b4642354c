package io.taggateway.tagging.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time by which the response to an operation must be complete. No work is started after it. */
public final class OperationDeadline {

    static final OperationDeadline NONE = new OperationDeadline(Clock.systemUTC(), Duration.ZERO);

    private final Clock clock;
    private final Duration time;
    private final Instant until;

    private OperationDeadline(Clock clock, Duration time) {
        this.clock = clock;
        this.time = time;
        this.until = clock.instant().plus(time);
    }

    /** A deadline after a duration. Each event of a subscription has a new deadline after the same duration. */
    public static OperationDeadline in(Clock clock, Duration time) {
        return new OperationDeadline(clock, time);
    }

    /** The remaining time, up to a limit; the limit if there is no deadline. */
    public Duration remaining(Duration limit) {
        if (this == NONE) {
            return limit;
        }
        Duration remaining = Duration.between(clock.instant(), until);
        return remaining.compareTo(limit) < 0 ? remaining : limit;
    }

    OperationDeadline renewed() {
        return this == NONE ? NONE : new OperationDeadline(clock, time);
    }
}
