package io.taggateway.access.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Caches responses to queries that were computed from tag lists only. A response is valid while {@code TagListCache}
 * contains exactly these lists and they are fresh. So a write or a newer list invalidates the responses computed from
 * the old list at once, and so does closing the directory of a tenant.
 */
@Component
public final class ResponseCache {

    /** The size of an entry in addition to its bytes. */
    private static final int OVERHEAD = 512;

    private final Cache<RequestKey, Entry> responses;
    private final Clock clock;
    private final boolean enabled;
    private final Counter hits;
    private final Counter misses;

    ResponseCache(ResponseCacheProperties properties, Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.enabled = properties.enabled();
        this.responses = cache(properties, clock, meters);
        this.hits = counter("hit", meters);
        this.misses = counter("miss", meters);
        Gauge.builder("taggateway.response.cache", this, ResponseCache::size)
                .baseUnit("bytes")
                .description("Size of the cached responses, with their requests")
                .register(meters);
    }

    private static Cache<RequestKey, Entry> cache(
            ResponseCacheProperties properties, Clock clock, MeterRegistry meters) {
        Counter evictions = Counter.builder("taggateway.response.cache.evictions")
                .description("Cached responses that were evicted because of the maximum size")
                .register(meters);
        return Caffeine.newBuilder()
                .maximumWeight(properties.maxSize().toBytes())
                .weigher((RequestKey key, Entry entry) -> entry.weight())
                .expireAfter(Expiry.<RequestKey, Entry>creating(
                        (key, entry) -> Duration.between(clock.instant(), entry.until())))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .evictionListener((key, entry, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evictions.increment();
                    }
                })
                .build();
    }

    private static Counter counter(String outcome, MeterRegistry meters) {
        return Counter.builder("taggateway.response.cache.requests")
                .description("Requests by whether their response was cached")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Whether responses are cached. */
    public boolean isEnabled() {
        return enabled;
    }

    /** The cached response to a request; null if there is none that is valid. */
    public @Nullable CachedResponse find(RequestKey key) {
        Entry entry = responses.getIfPresent(key);
        if (entry != null && isCurrent(entry)) {
            hits.increment();
            return entry.response();
        }
        if (entry != null) {
            responses.asMap().remove(key, entry);
        }
        return null;
    }

    /** Counts a request that is executed, as there was no response to it. */
    public void countMiss() {
        misses.increment();
    }

    private boolean isCurrent(Entry entry) {
        return clock.instant().isBefore(entry.until())
                && entry.response().directory().isOpen()
                && entry.response().hint().isCurrent();
    }

    /**
     * Caches a response, unless it has errors, was computed from other data than tag lists, or from lists that are no
     * longer fresh.
     */
    public void keep(RequestKey key, CachedResponse response) {
        Instant until = response.hint().freshUntil();
        long weight = OVERHEAD + response.size() + key.size();
        if (enabled
                && until != null
                && response.content().errors().isEmpty()
                && weight <= Integer.MAX_VALUE
                && response.hint().isCurrent()
                && until.isAfter(clock.instant())) {
            responses.put(key, new Entry(response, until, (int) weight));
        }
    }

    private double size() {
        return responses.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    private record Entry(CachedResponse response, Instant until, int weight) {}
}
