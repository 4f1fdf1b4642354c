package io.taggateway.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The time of day, so much ahead as tests have moved it; it breaks down once where a test wants a defect. */
public final class MovableClock extends Clock {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> defect = new AtomicReference<>();

    /** Moves the time ahead. */
    public void advance(Duration duration) {
        ahead.updateAndGet(duration::plus);
    }

    /**
     * Makes the reading after the next one fail, as nothing in the gateway foresees; the next one is the deadline's.
     */
    public void breakDown(RuntimeException thrown) {
        readings.set(1);
        defect.set(thrown);
    }

    /** Makes no reading fail. */
    void repair() {
        defect.set(null);
    }

    @Override
    public Instant instant() {
        RuntimeException thrown = readings.getAndDecrement() > 0 ? null : defect.getAndSet(null);
        if (thrown != null) {
            throw thrown;
        }
        return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
