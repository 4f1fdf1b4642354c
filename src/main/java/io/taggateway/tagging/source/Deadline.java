package io.taggateway.tagging.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * When the operation that something is done for has to be answered, so that nothing is begun that would come too late.
 */
public final class Deadline {

    private Deadline() {}

    /** A context in which everything has to be done by an instant. */
    public static Context startIn(Context context, Instant instant) {
        return context.put(Deadline.class, instant);
    }

    /** The time that is left, but no more than a limit; the limit where there is no deadline. */
    public static Duration remaining(ContextView context, Clock clock, Duration limit) {
        if (!context.hasKey(Deadline.class)) {
            return limit;
        }
        Instant deadline = context.get((Object) Deadline.class);
        Duration remaining = Duration.between(clock.instant(), deadline);
        return remaining.compareTo(limit) < 0 ? remaining : limit;
    }
}
