package io.taggateway.upstream.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of the requests to one vendor: a timer of all, and a line for each that failed. */
final class UpstreamRecord {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamRecord.class);
    private static final String TIMER = "taggateway.source.fetch";

    private final Vendor vendor;
    private final MeterRegistry meters;

    UpstreamRecord(Vendor vendor, MeterRegistry meters) {
        this.vendor = vendor;
        this.meters = meters;
    }

    void answered(UpstreamRequest request, Duration duration) {
        time(request, "ok", duration);
    }

    /** Whether there is a thing of some id is a question like any other, so that a 404 for one is no failure. */
    void failed(UpstreamRequest request, SourceException failure, Duration duration, String requestId) {
        if (failure.reason() == FailureReason.REQUEST_LIMIT) {
            return;
        }
        time(request, failure.reason().name().toLowerCase(Locale.ROOT), duration);
        if (failure.reason() == FailureReason.NOT_FOUND && request.operation().startsWith("find")) {
            return;
        }
        LOG.warn(
                "Vendor request failed: vendor={} operation={} outcome={} durationMs={} errorId={} requestId={}",
                vendor,
                request.operation(),
                failure.reason(),
                duration.toMillis(),
                failure.errorId(),
                requestId);
    }

    private void time(UpstreamRequest request, String outcome, Duration duration) {
        Timer.builder(TIMER)
                .description("Requests to vendors")
                .tag("vendor", vendor.prefix())
                .tag("operation", request.operation())
                .tag("outcome", outcome)
                .register(meters)
                .record(duration);
    }
}
