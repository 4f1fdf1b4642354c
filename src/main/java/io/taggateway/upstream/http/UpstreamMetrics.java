package io.taggateway.upstream.http;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.UpstreamGuard;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators see of one account's requests: timers, which differ from other accounts' by their labels and are
 * removed when the account is closed, and a log line for each request that failed.
 */
final class UpstreamMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamMetrics.class);

    private final Vendor vendor;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();
    private volatile boolean closed;

    UpstreamMetrics(MeterRegistry registry, Vendor vendor, Map<String, String> labels) {
        this.vendor = vendor;
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

    void answered(UpstreamRequest request, Duration duration) {
        record(request, "ok", duration);
    }

    /** Whether there is a thing of some id is a question like any other, so that a 404 for one is no failure. */
    void failed(UpstreamRequest request, SourceException failure, Duration duration, String requestId) {
        if (failure.reason() == FailureReason.REQUEST_LIMIT) {
            return;
        }
        record(request, failure.reason().name().toLowerCase(Locale.ROOT), duration);
        if (failure.reason() == FailureReason.NOT_FOUND && request.operation().startsWith("find")) {
            return;
        }
        LOG.warn(
                "Vendor request failed: vendor={} operation={} outcome={} durationMs={}{} errorId={} requestId={}",
                vendor,
                request.operation(),
                failure.reason(),
                duration.toMillis(),
                failure.detail().isEmpty() ? "" : " " + failure.detail(),
                failure.errorId(),
                requestId);
    }

    /** The number of completed writes, incremented before the response is passed on. */
    long writes() {
        return writes.get();
    }

    void close() {
        closed = true;
        timers.values().forEach(registry::remove);
        timers.clear();
    }

    /** An account's last requests may outlive it, and are not measured any more. */
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
