package io.taggateway.upstream;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.TimeoutException;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClientRequestException;

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
            case 408, 504 -> SourceException.of(vendor, FailureReason.TIMEOUT);
            case 429 -> SourceException.rateLimited(vendor, RetryAfter.parse(retryAfter, clock));
            case 503 -> unavailable(retryAfter);
            default -> SourceException.of(vendor, reason(status));
        };
    }

    SourceException decode(Throwable error) {
        return switch (error) {
            case SourceException known -> known;
            case java.util.concurrent.TimeoutException late -> SourceException.of(vendor, FailureReason.TIMEOUT);
            case TimeoutException late -> SourceException.of(vendor, FailureReason.TIMEOUT);
            case ConnectTimeoutException late -> SourceException.of(vendor, FailureReason.TIMEOUT);
            case DataBufferLimitException large -> SourceException.of(vendor, FailureReason.INVALID_RESPONSE);
            case WebClientRequestException request -> decode(cause(request));
            case IOException broken -> SourceException.of(vendor, FailureReason.UNAVAILABLE);
            default -> SourceException.of(vendor, FailureReason.UNAVAILABLE);
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
        return status.is5xxServerError() ? FailureReason.UNAVAILABLE : FailureReason.INVALID_RESPONSE;
    }

    private static Throwable cause(WebClientRequestException request) {
        Throwable cause = request.getCause();
        return cause == null ? new IOException(request) : cause;
    }
}
