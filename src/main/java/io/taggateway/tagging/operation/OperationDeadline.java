package io.taggateway.tagging.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time by which the response to an operation is due; no work is started that would be too late. */
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

    /** A deadline that is some time from now; each event of a subscription has that time from when it happens. */
    public static OperationDeadline in(Clock clock, Duration time) {
        return new OperationDeadline(clock, time);
    }

    /** The time that is left, but no more than a limit; the limit where there is no deadline. */
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
