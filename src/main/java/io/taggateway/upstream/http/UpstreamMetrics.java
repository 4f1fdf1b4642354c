package io.taggateway.upstream.http;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
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
 * What operators see of one account's requests: timers, which differ from other accounts' by their labels and are
 * removed when the account is closed, and a log line for each request that failed.
 */
final class UpstreamMetrics {

    private final MeterRegistry registry;
    private final FailureLog failures;
    private final Tags tags;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();
    private volatile boolean closed;

    UpstreamMetrics(MeterRegistry registry, FailureLog failures, Vendor vendor, Map<String, String> labels) {
        this.registry = registry;
        this.failures = failures;
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

    /**
     * The failure, with the id that the log has of it. Whether there is a thing of some id is a question like any
     * other, so that a 404 for one is no failure.
     */
    SourceException failed(UpstreamRequest request, SourceException failure, Duration duration, String requestId) {
        if (failure.reason() == FailureReason.REQUEST_LIMIT) {
            return failure;
        }
        record(request, failure.reason().name().toLowerCase(Locale.ROOT), duration);
        if (failure.reason() == FailureReason.NOT_FOUND && request.operation().startsWith("find")) {
            return failure;
        }
        return failures.log(request.operation(), failure, duration, requestId);
    }

    /** The failure of a request that was not sent, with the id that the log has of it. */
    SourceException notSent(UpstreamRequest request, SourceException failure, String requestId) {
        return failures.log(request.operation(), failure, Duration.ZERO, requestId);
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
