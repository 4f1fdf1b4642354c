package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** The deliveries of the last while, by which one that is repeated is recognized. */
public final class DeliveryLog {

    private static final int MAX_DELIVERIES = 10_000;

    private final Cache<String, Boolean> deliveries;

    /** A log with nothing in it, which keeps each delivery for a time. */
    public DeliveryLog(Duration retention, Clock clock) {
        this.deliveries = Caffeine.newBuilder()
                .maximumSize(MAX_DELIVERIES)
                .expireAfterWrite(retention)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Records a delivery; false where it is there already. */
    public Mono<Boolean> record(String delivery) {
        return Mono.fromSupplier(() -> deliveries.asMap().putIfAbsent(delivery, Boolean.TRUE) == null);
    }
}
