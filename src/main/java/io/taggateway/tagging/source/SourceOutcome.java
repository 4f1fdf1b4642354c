package io.taggateway.tagging.source;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource.TagListResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one vendor for a response.
 *
 * @param fetchedAt when the vendor returned the data; null if it returned none
 * @param failure why the request to the vendor failed; null if it did not fail
 */
public record SourceOutcome(
        Vendor vendor,
        SourceStatus status,
        @Nullable Instant fetchedAt,
        @Nullable SourceException failure) {

    public static SourceOutcome ok(Vendor vendor, Instant fetchedAt) {
        return new SourceOutcome(vendor, SourceStatus.OK, fetchedAt, null);
    }

    public static SourceOutcome of(Vendor vendor, TagListResult result) {
        if (!result.list().isComplete()) {
            SourceException gap = SourceException.of(vendor, FailureReason.INVALID_RESPONSE);
            return new SourceOutcome(vendor, SourceStatus.FAILED, result.list().fetchedAt(), gap);
        }
        SourceException failure = result.staleBecause();
        SourceStatus status = failure == null ? SourceStatus.OK : SourceStatus.STALE;
        return new SourceOutcome(vendor, status, result.list().fetchedAt(), failure);
    }

    public static SourceOutcome failed(SourceException failure) {
        return new SourceOutcome(failure.vendor(), SourceStatus.FAILED, null, failure);
    }

    public static SourceOutcome skipped(Vendor vendor) {
        return new SourceOutcome(vendor, SourceStatus.SKIPPED, null, null);
    }

    /** The outcome of one vendor for a response. */
    public enum SourceStatus {
        OK,
        /** The data is older than its time to live, as the vendor request failed. */
        STALE,
        FAILED,
        /** The vendor is not configured or is excluded by a filter. */
        SKIPPED
    }
}
