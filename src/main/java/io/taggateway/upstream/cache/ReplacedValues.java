package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The values that this gateway has replaced at a vendor within the last seconds, by the id of what they belong to. A
 * read may show such a value, as the vendor's reads may lag behind its writes.
 */
public final class ReplacedValues<T> {

    /** The longest lag that is expected, as vendors document none. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private static final int MAX_IDS = 10_000;
    private static final int MAX_VALUES = 16;

    private final Cache<String, List<T>> values;

    public ReplacedValues(Clock clock) {
        values = Caffeine.newBuilder()
                .expireAfterWrite(LAG)
                .maximumSize(MAX_IDS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Adds the value before a write. The value after it is no longer a replaced one, if it was. */
    public void add(String id, T before, T after) {
        values.asMap()
                .merge(
                        id,
                        List.of(before),
                        (earlier, latest) -> Stream.concat(latest.stream(), earlier.stream())
                                .filter(value -> !value.equals(after))
                                .distinct()
                                .limit(MAX_VALUES)
                                .toList());
    }

    /** Whether a value was replaced. */
    public boolean contains(String id, T value) {
        List<T> replaced = values.getIfPresent(id);
        return replaced != null && replaced.contains(value);
    }
}
