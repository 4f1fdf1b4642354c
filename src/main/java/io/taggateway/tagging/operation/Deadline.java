package io.taggateway.tagging.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * When the operation that something is done for has to be answered, so that nothing is begun that would come too late.
 */
public final class Deadline implements Renewable {

    private final Instant until;
    private final Supplier<Instant> next;

    private Deadline(Supplier<Instant> next) {
        this.until = next.get();
        this.next = next;
    }

    /** A context in which everything has to be done by an instant. */
    public static Context startIn(Context context, Instant instant) {
        return context.put(Deadline.class, new Deadline(() -> instant));
    }

    /** A context in which everything has to be done within a time; so has every event, from when it happens. */
    public static Context startIn(Context context, Clock clock, Duration time) {
        return context.put(Deadline.class, new Deadline(() -> clock.instant().plus(time)));
    }

    /** The time that is left, but no more than a limit; the limit where there is no deadline. */
    public static Duration remaining(ContextView context, Clock clock, Duration limit) {
        if (!context.hasKey(Deadline.class)) {
            return limit;
        }
        Deadline deadline = context.get(Deadline.class);
        Duration remaining = Duration.between(clock.instant(), deadline.until);
        return remaining.compareTo(limit) < 0 ? remaining : limit;
    }

    @Override
    public Deadline renewed() {
        return new Deadline(next);
    }
}
