package io.taggateway.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that tests advance. Otherwise it stands still, or runs with the system's clock. */
public final class SettableClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    private SettableClock(Clock base) {
        this.base = base;
    }

    /** A clock that stands still. */
    public SettableClock(Instant now) {
        this(Clock.fixed(now, ZoneOffset.UTC));
    }

    /** A clock that starts at the current time and runs. */
    public static SettableClock running() {
        return new SettableClock(Clock.systemUTC());
    }

    public void advance(Duration duration) {
        offset.updateAndGet(duration::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
