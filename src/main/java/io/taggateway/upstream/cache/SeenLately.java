package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Things that have come by in the last while, so that what comes twice is known. */
public final class SeenLately<T> {

    private final Cache<T, Boolean> seen;

    /**
     * A memory with nothing in it.
     *
     * @param most how many things are remembered; those seen longest ago are forgotten first
     */
    public SeenLately(Duration memory, int most, Clock clock) {
        this.seen = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(memory)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Remembers a thing; false where it has been seen before. */
    public boolean add(T thing) {
        return seen.asMap().putIfAbsent(thing, Boolean.TRUE) == null;
    }
}
