package io.taggateway.tagging.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock that does not depend on changes of the system's clock: its instants differ by the elapsed time. All durations
 * are measured with it. Instants in responses, and those that are compared with dates, are converted to the wall clock.
 */
public final class MonotonicClock extends Clock {

    private final Clock wall;
    private final LongSupplier ticker;
    private final Instant start;
    private final long startTick;

    /**
     * Creates a clock that starts at the current instant of a wall clock.
     *
     * @param ticker nanoseconds, such as {@link System#nanoTime}
     */
    public MonotonicClock(Clock wall, LongSupplier ticker) {
        this.wall = wall;
        this.ticker = ticker;
        this.start = wall.instant();
        this.startTick = ticker.getAsLong();
    }

    /** The wall clock of a monotonic clock; any other clock is returned unchanged. */
    public static Clock wall(Clock clock) {
        return clock instanceof MonotonicClock monotonic ? monotonic.wall : clock;
    }

    /**
     * Converts an instant of a clock to the wall clock. The result is rounded to the second, so that repeated
     * conversions are equal.
     */
    public static Instant toWall(Clock clock, Instant instant) {
        Duration ahead = Duration.between(clock.instant(), wall(clock).instant());
        return instant.plusSeconds(ahead.plusMillis(500).toSeconds());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(ticker.getAsLong() - startTick);
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
