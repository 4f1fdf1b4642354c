package io.taggateway.upstream.http;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.UpstreamGuard;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of one account, by whose labels they differ from those of others; removed when it is closed. */
final class AccountMeters {

    private static final String TIMER = "taggateway.source.fetch";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Fetch, Timer> timers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    AccountMeters(MeterRegistry registry, Vendor vendor, Map<String, String> labels) {
        this.registry = registry;
        Tags labelled = Tags.of("vendor", vendor.prefix());
        for (Map.Entry<String, String> label : labels.entrySet()) {
            labelled = labelled.and(label.getKey(), label.getValue());
        }
        this.tags = labelled;
    }

    /** Publishes the state of a guard, until the guard is closed. */
    void watch(UpstreamGuard guard) {
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(guard.circuits()).bindTo(registry);
        TaggedBulkheadMetrics.ofBulkheadRegistry(guard.bulkheads()).bindTo(registry);
    }

    /** Records one request; nothing once the account is closed, which its last requests may outlive. */
    void record(String operation, String outcome, Duration duration) {
        if (!closed) {
            timers.computeIfAbsent(new Fetch(operation, outcome), this::timer).record(duration);
        }
    }

    void close() {
        closed = true;
        timers.values().forEach(registry::remove);
        timers.clear();
    }

    private Timer timer(Fetch fetch) {
        return Timer.builder(TIMER)
                .description("Requests to vendors")
                .tags(tags)
                .tag("operation", fetch.operation())
                .tag("outcome", fetch.outcome())
                .register(registry);
    }

    private record Fetch(String operation, String outcome) {}
}
