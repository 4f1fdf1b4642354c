package io.taggateway.upstream.http;

import io.netty.channel.ConnectTimeoutException;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.time.Clock;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/** Tells what a failed request means, by its status alone: no vendor documents its messages, and some have no JSON. */
final class ErrorDecoder {

    private final Vendor vendor;
    private final Clock clock;

    ErrorDecoder(Vendor vendor, Clock clock) {
        this.vendor = vendor;
        this.clock = clock;
    }

    SourceException decode(HttpStatusCode status, HttpHeaders headers) {
        String retryAfter = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return switch (status.value()) {
            case 401 -> SourceException.of(vendor, FailureReason.AUTH_FAILED);
            case 403 -> SourceException.of(vendor, FailureReason.FORBIDDEN);
            case 404, 410 -> SourceException.of(vendor, FailureReason.NOT_FOUND);
            case 409 -> SourceException.of(vendor, FailureReason.CONFLICT);
            case 408 -> SourceException.of(vendor, FailureReason.TIMEOUT);
            case 502, 504 -> SourceException.of(vendor, FailureReason.UNAVAILABLE);
            case 429 -> SourceException.rateLimited(vendor, RetryAfter.parse(retryAfter, clock));
            case 503 -> unavailable(retryAfter);
            default -> SourceException.of(vendor, reason(status));
        };
    }

    /** Clients wrap what they catch, so that the innermost cause that means something counts. */
    SourceException decode(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceException known) {
                return known;
            }
            FailureReason reason = reason(cause);
            if (reason != null) {
                return SourceException.of(vendor, reason);
            }
        }
        return SourceException.of(vendor, FailureReason.UNAVAILABLE);
    }

    private static @Nullable FailureReason reason(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException unreachable -> FailureReason.UNAVAILABLE;
            case TimeoutException late -> FailureReason.TIMEOUT;
            case DataBufferLimitException large -> FailureReason.INVALID_RESPONSE;
            default -> null;
        };
    }

    private SourceException unavailable(@Nullable String retryAfter) {
        return retryAfter == null
                ? SourceException.of(vendor, FailureReason.UNAVAILABLE)
                : SourceException.rateLimited(vendor, RetryAfter.parse(retryAfter, clock));
    }

    private static FailureReason reason(HttpStatusCode status) {
        if (status.is4xxClientError()) {
            return FailureReason.REJECTED_INPUT;
        }
        return status.is5xxServerError() ? FailureReason.SERVER_ERROR : FailureReason.INVALID_RESPONSE;
    }
}
