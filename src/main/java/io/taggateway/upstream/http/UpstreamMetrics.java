package io.taggateway.upstream.http;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.UpstreamGuard;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures and logs one account's requests: timers with the label of the tenant, which are removed when the account is
 * closed, and a log line for each failed request.
 */
final class UpstreamMetrics {

    private final TenantLabel label;
    private final MeterRegistry registry;
    private final FailureLog failures;
    private final Tags tags;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();
    private volatile boolean closed;

    UpstreamMetrics(MeterRegistry registry, FailureLog failures, Vendor vendor, TenantLabel label) {
        this.registry = registry;
        this.failures = failures;
        this.label = label;
        this.tags = Tags.of("vendor", vendor.prefix(), TenantLabel.KEY, label.value());
    }

    /** Publishes the state of a guard until the guard is closed, if the tenant has meters of its own. */
    void watch(UpstreamGuard guard) {
        if (label.own()) {
            TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(guard.circuits())
                    .bindTo(registry);
            TaggedBulkheadMetrics.ofBulkheadRegistry(guard.bulkheads()).bindTo(registry);
        }
    }

    void recordResponse(UpstreamRequest request, Duration duration) {
        record(request, "ok", duration);
    }

    /**
     * Records a failure, and returns it with its id in the log. A 404 for an id is a regular result and not a failure.
     */
    SourceException failed(UpstreamRequest request, SourceException failure, Duration duration, String requestId) {
        if (failure.reason() == FailureReason.REQUEST_LIMIT) {
            return failure;
        }
        record(request, failure.reason().name().toLowerCase(Locale.ROOT), duration);
        if (failure.reason() == FailureReason.NOT_FOUND && request.operation().startsWith("find")) {
            return failure;
        }
        return failures.log(logged(request, requestId), failure, duration);
    }

    /** Records the failure of a request that was not sent, and returns it with its id in the log. */
    SourceException notSent(UpstreamRequest request, SourceException failure, String requestId) {
        return failures.log(logged(request, requestId), failure, Duration.ZERO);
    }

    private FailureLog.Request logged(UpstreamRequest request, String id) {
        return new FailureLog.Request(label.tenant(), request.operation(), id);
    }

    /** The number of completed writes, incremented before the response is passed on. */
    long writes() {
        return writes.get();
    }

    /** Timers that several tenants share are kept */
    void close() {
        if (!label.own()) {
            return;
        }
        closed = true;
        timers.values().forEach(registry::remove);
        timers.clear();
    }

    /** An account's last requests may end after it is closed, and are no longer measured. */
    private void record(UpstreamRequest request, String outcome, Duration duration) {
        if (request.purpose() == UpstreamRequest.Purpose.WRITE) {
            writes.incrementAndGet();
        }
        if (!closed) {
            timers.computeIfAbsent(new Outcome(request.operation(), outcome), this::timer)
                    .record(duration);
        }
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder("taggateway.source.fetch")
                .description("Requests to vendors")
                .tags(tags)
                .tag("operation", outcome.operation())
                .tag("outcome", outcome.word())
                .register(registry);
    }

    private record Outcome(String operation, String word) {}
}
