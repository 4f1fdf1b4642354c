package io.taggateway.tagging.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock whose instants differ by the time that has passed, whatever is done to the system's clock in between. Every
 * duration is measured with it. What is shown to callers, or compared with a date, is a wall clock's instant.
 */
public final class MonotonicClock extends Clock {

    private final Clock wall;
    private final LongSupplier ticker;
    private final Instant start;
    private final long startTick;

    /**
     * A clock that begins with the present instant of a wall clock.
     *
     * @param ticker nanoseconds, such as {@link System#nanoTime}
     */
    public MonotonicClock(Clock wall, LongSupplier ticker) {
        this.wall = wall;
        this.ticker = ticker;
        this.start = wall.instant();
        this.startTick = ticker.getAsLong();
    }

    /** The wall clock behind a monotonic one; any other clock is one itself. */
    public static Clock wall(Clock clock) {
        return clock instanceof MonotonicClock monotonic ? monotonic.wall : clock;
    }

    /** An instant of a clock as the wall clock has it now; to the second, so that it is the same each time. */
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
