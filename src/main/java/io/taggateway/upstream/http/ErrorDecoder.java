package io.taggateway.upstream.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.MonotonicClock;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;

/**
 * Maps a failed request to its reason by its status alone, as no vendor documents its messages and some have no JSON.
 */
record ErrorDecoder(Vendor vendor, Clock clock) {

    /** Matches URLs, and texts that may be a secret or content. */
    private static final Pattern UNFIT_FOR_LOG = Pattern.compile("\\S*[/?@]\\S*|[\\w+=-]{32,}|\\p{Cntrl}");

    private static final int MAX_MESSAGE = 200;

    /** A response whose status is not 2xx. */
    SourceException decode(UpstreamResponse response, URI uri) {
        String status = "status=" + response.status();
        return response.isRedirect()
                ? SourceException.redirected(
                        vendor,
                        status + " location=" + response.redirectOrigin(uri) + " (change the vendor's base URL)")
                : decode(response.status(), response.headers()).withDetail(status);
    }

    /** A status, of a response or within its body. */
    SourceException decode(int status, HttpHeaders headers) {
        RateLimitHeaders rate = new RateLimitHeaders(headers, MonotonicClock.wall(clock));
        return switch (status) {
            case 401 -> failure(FailureReason.AUTH_FAILED);
            case 403 -> forbidden(headers, rate);
            case 404, 410 -> failure(FailureReason.NOT_FOUND);
            case 409 -> failure(FailureReason.CONFLICT);
            case 408 -> failure(FailureReason.TIMEOUT);
            case 502, 504 -> failure(FailureReason.UNAVAILABLE);
            case 429 -> SourceException.rateLimited(vendor, rate.retryAfter());
            case 503 ->
                headers.containsHeader(HttpHeaders.RETRY_AFTER)
                        ? SourceException.rateLimited(vendor, rate.retryAfter())
                        : failure(FailureReason.UNAVAILABLE);
            default -> failure(reason(status));
        };
    }

    /** Clients wrap exceptions, so the outermost known cause counts. */
    SourceException decode(Throwable error) {
        if (error instanceof SourceException known) {
            return known;
        }
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        // The cause contains only the DNS query that failed
        Throwable telling = causes.stream()
                .filter(UnknownHostException.class::isInstance)
                .findFirst()
                .orElse(causes.getLast());
        return failure(reason(causes)).withDetail(detail(telling));
    }

    private static FailureReason reason(List<Throwable> causes) {
        return causes.stream().anyMatch(SSLException.class::isInstance)
                ? FailureReason.UNAVAILABLE
                : causes.stream()
                        .map(ErrorDecoder::reason)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(FailureReason.UNAVAILABLE);
    }

    private SourceException failure(FailureReason reason) {
        return SourceException.of(vendor, reason);
    }

    /** Some vendors use this status for a revoked token, others for an exceeded rate. */
    private SourceException forbidden(HttpHeaders headers, RateLimitHeaders rate) {
        if (rate.limit()) {
            return SourceException.rateLimited(vendor, rate.retryAfter());
        }
        boolean revoked =
                String.valueOf(headers.getFirst(HttpHeaders.WWW_AUTHENTICATE)).contains("invalid_token");
        return failure(revoked ? FailureReason.AUTH_FAILED : FailureReason.FORBIDDEN);
    }

    private static Optional<FailureReason> reason(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException unreachable -> Optional.of(FailureReason.UNAVAILABLE);
            case TimeoutException late -> Optional.of(FailureReason.TIMEOUT);
            case DataBufferLimitException large -> Optional.of(FailureReason.INVALID_RESPONSE);
            // Thrown for a head or a compressed body
            case DecoderException unreadable -> Optional.of(FailureReason.INVALID_RESPONSE);
            case IllegalArgumentException unreadable -> Optional.of(FailureReason.INVALID_RESPONSE);
            default -> Optional.empty();
        };
    }

    private static FailureReason reason(int status) {
        if (status >= 400 && status < 500) {
            return FailureReason.REJECTED_INPUT;
        }
        return status >= 500 ? FailureReason.SERVER_ERROR : FailureReason.INVALID_RESPONSE;
    }

    private static String detail(Throwable cause) {
        String message =
                UNFIT_FOR_LOG.matcher(String.valueOf(cause.getMessage())).replaceAll("…");
        return "cause=" + cause.getClass().getSimpleName() + ": "
                + message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    }
}
