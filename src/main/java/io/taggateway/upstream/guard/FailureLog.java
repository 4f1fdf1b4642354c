package io.taggateway.upstream.guard;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;

/**
 * Logs failures of vendor requests. Failures of the same tenant, vendor, operation and outcome are of one kind. The
 * first ones of a kind within ten seconds have a line each; the others are counted in one line and have its
 * {@code errorId}.
 */
@Component
public final class FailureLog implements AutoCloseable {

    static final int SINGLE_LINES = 5;

    static final Duration WINDOW = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private final Map<Kind, Count> counts = new ConcurrentHashMap<>();

    /**
     * Logs or counts a failure, and returns it with the {@code errorId} that is in the log.
     *
     * @param duration the time that the vendor had; zero if the request was not sent
     */
    public SourceException log(Request request, SourceException failure, Duration duration) {
        Kind kind = new Kind(request.tenant(), failure.vendor(), request.operation(), failure.reason());
        Failure last = new Failure(failure, duration, request.id());
        Count count = counts.compute(kind, (key, open) -> open == null ? begin(key, last) : open.plus(last));
        boolean single = count.failures() <= SINGLE_LINES;
        SourceException logged = single ? failure : failure.withErrorId(count.errorId());
        LOG.atLevel(single ? Level.WARN : Level.DEBUG)
                .log(
                        "Vendor request failed: {} durationMs={}{} errorId={} requestId={}",
                        kind,
                        duration.toMillis(),
                        last.detail(),
                        logged.errorId(),
                        request.id());
        return logged;
    }

    /** Logs the counted failures that have no line yet. */
    @Override
    public void close() {
        counts.keySet().forEach(this::end);
    }

    private Count begin(Kind kind, Failure first) {
        Schedulers.parallel().schedule(() -> end(kind), WINDOW.toMillis(), TimeUnit.MILLISECONDS);
        return new Count(1, UUID.randomUUID().toString(), first.duration(), first);
    }

    private void end(Kind kind) {
        Count count = counts.remove(kind);
        if (count != null && count.failures() > SINGLE_LINES) {
            LOG.warn(
                    "Vendor requests failed: {} count={} maxDurationMs={}{} errorId={} lastRequestId={}",
                    kind,
                    count.failures() - SINGLE_LINES,
                    count.longest().toMillis(),
                    count.last().detail(),
                    count.errorId(),
                    count.last().requestId());
        }
    }

    /**
     * A failed request.
     *
     * @param id the id of the caller's request
     */
    public record Request(Tenant tenant, String operation, String id) {}

    private record Kind(Tenant tenant, Vendor vendor, String operation, FailureReason outcome) {

        @Override
        public String toString() {
            return "tenant=" + tenant.name() + " vendor=" + vendor + " operation=" + operation + " outcome=" + outcome;
        }
    }

    private record Failure(SourceException exception, Duration duration, String requestId) {

        String detail() {
            return exception.detail().isEmpty() ? "" : " " + exception.detail();
        }
    }

    /** The failures of one kind since the first of them, with the id of those that have no line of their own. */
    private record Count(int failures, String errorId, Duration longest, Failure last) {

        Count plus(Failure failure) {
            Duration duration = failure.duration();
            return new Count(failures + 1, errorId, duration.compareTo(longest) > 0 ? duration : longest, failure);
        }
    }
}
