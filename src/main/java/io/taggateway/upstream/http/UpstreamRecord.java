package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of the requests to one vendor: a timer of all, and a line for each that failed. */
final class UpstreamRecord {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamRecord.class);

    private final Vendor vendor;
    private final AccountMeters meters;
    private final AtomicLong writes = new AtomicLong();

    UpstreamRecord(Vendor vendor, AccountMeters meters) {
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

    /** How many writes have been answered; raised before whoever waits for the answer gets it. */
    long writes() {
        return writes.get();
    }

    private void time(UpstreamRequest request, String outcome, Duration duration) {
        if (request.purpose() == UpstreamRequest.Purpose.WRITE) {
            writes.incrementAndGet();
        }
        meters.record(request.operation(), outcome, duration);
    }
}
