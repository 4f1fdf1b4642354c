package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The recent deliveries of a webhook, which detects repeated ones. */
public final class DeliveryLog {

    private static final int MAX_DELIVERIES = 10_000;

    private final Cache<String, Boolean> deliveries;
    private final Cache<String, Instant> latest;

    /** An empty log, which keeps each delivery for the given time. */
    public DeliveryLog(Duration retention, Clock clock) {
        this.deliveries = cache(retention, clock);
        this.latest = cache(retention, clock);
    }

    private static <T> Cache<String, T> cache(Duration retention, Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_DELIVERIES)
                .expireAfterWrite(retention)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /**
     * Records a delivery; false if it, or a later one of its subject, is already recorded.
     *
     * @param time when it happened, by the vendor's clock; null if that is not known
     */
    public Mono<Boolean> record(String delivery, String subject, @Nullable Instant time) {
        return Mono.fromSupplier(() -> deliveries.asMap().putIfAbsent(delivery, Boolean.TRUE) == null
                && (time == null
                        || latest.asMap()
                                .merge(subject, time, DeliveryLog::later)
                                .equals(time)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
