package io.taggateway.api.error;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why the request to a vendor failed, as the API describes it.
 *
 * @param code an {@link ErrorCode}
 * @param reason the reason of the vendor's failure
 */
public record SourceError(
        String code,
        @Nullable String reason,
        String message,
        @Nullable Integer retryAfterSeconds) {

    public static SourceError of(SourceException failure) {
        return new SourceError(
                code(failure).name(), reason(failure.reason()), failure.text(), retryAfterSeconds(failure));
    }

    /** The code, as a value of the schema's enum. */
    public String errorCode() {
        return code;
    }

    /** The reason, as a value of the schema's enum. */
    public @Nullable String failureReason() {
        return reason;
    }

    static ErrorCode code(SourceException failure) {
        return switch (failure.reason()) {
            case TIMEOUT -> ErrorCode.GATEWAY_TIMEOUT;
            case REQUEST_LIMIT -> ErrorCode.REQUEST_LIMIT_EXCEEDED;
            default -> ErrorCode.DOWNSTREAM_SERVICE_ERROR;
        };
    }

    /** The reason of the failure; null if no vendor and no replica failed. */
    public static @Nullable String reason(FailureReason reason) {
        return switch (reason) {
            case UNAVAILABLE, SERVER_ERROR, OVERLOADED, TIMEOUT -> "UPSTREAM_UNAVAILABLE";
            case RATE_LIMITED -> "UPSTREAM_RATE_LIMITED";
            case CIRCUIT_OPEN -> "CIRCUIT_OPEN";
            case AUTH_FAILED -> "UPSTREAM_AUTH_FAILED";
            case FORBIDDEN -> "UPSTREAM_FORBIDDEN";
            case INVALID_RESPONSE -> "UPSTREAM_INVALID_RESPONSE";
            case REJECTED_INPUT, CONFLICT, NOT_FOUND -> "UPSTREAM_REJECTED_INPUT";
            case NOT_CONFIGURED -> "NOT_CONFIGURED";
            case CLUSTER_UNAVAILABLE -> "CLUSTER_UNAVAILABLE";
            case REQUEST_LIMIT -> null;
        };
    }

    private static @Nullable Integer retryAfterSeconds(SourceException failure) {
        Duration wait = failure.retryAfter();
        return wait == null ? null : Math.toIntExact(wait.plusMillis(999).toSeconds());
    }
}
