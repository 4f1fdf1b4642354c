package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The recent deliveries of a webhook, which detects repeated ones. */
public interface DeliveryLog {

    /**
     * Records a delivery; false if it, or a later one of its subject, is already recorded.
     *
     * @param time when it happened, by the vendor's clock; null if that is not known
     */
    Mono<Boolean> record(String delivery, String subject, @Nullable Instant time);

    /** An empty log in the memory of this process, which keeps each delivery for the given time. */
    static DeliveryLog inMemory(Duration retention, Clock clock) {
        return new InMemory(retention, clock);
    }

    /** Opens the logs of accounts. */
    interface Factory {

        /** The log of an account's webhook, which keeps each delivery for the given time. */
        DeliveryLog open(Tenant tenant, Vendor vendor, Duration retention);
    }

    /** Deliveries in the memory of this process. */
    final class InMemory implements DeliveryLog {

        private static final int MAX_DELIVERIES = 10_000;

        private final Cache<String, Boolean> deliveries;
        private final Cache<String, Instant> latest;

        private InMemory(Duration retention, Clock clock) {
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

        @Override
        public Mono<Boolean> record(String delivery, String subject, @Nullable Instant time) {
            return Mono.fromSupplier(() -> deliveries.asMap().putIfAbsent(delivery, Boolean.TRUE) == null
                    && (time == null
                            || latest.asMap()
                                    .merge(subject, time, InMemory::later)
                                    .equals(time)));
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }
}
