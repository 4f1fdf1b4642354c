package io.taggateway.tagging.model;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A failed request to a vendor, or an unusable response. The vendor's adapter determines the reason. */
public final class SourceException extends GatewayException {

    private static final long serialVersionUID = 1L;

    private final Vendor vendor;
    private final FailureReason reason;
    private final @Nullable Duration retryAfter;
    private final Kind kind;
    private final String detail;
    private final String errorId;

    private SourceException(Vendor vendor, FailureReason reason, @Nullable Duration retryAfter) {
        this(vendor, reason, retryAfter, Kind.USUAL, "");
    }

    private SourceException(
            Vendor vendor, FailureReason reason, @Nullable Duration retryAfter, Kind kind, String detail) {
        super(message(vendor, reason));
        this.vendor = vendor;
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.kind = kind;
        this.detail = detail;
        this.errorId = UUID.randomUUID().toString();
    }

    private SourceException(SourceException other, @Nullable Duration retryAfter, String errorId) {
        super(other.text());
        this.vendor = other.vendor;
        this.reason = other.reason;
        this.retryAfter = retryAfter;
        this.kind = other.kind;
        this.detail = other.detail;
        this.errorId = errorId;
    }

    /** A failure that is described by its reason. */
    public static SourceException of(Vendor vendor, FailureReason reason) {
        return new SourceException(vendor, reason, null);
    }

    /** The vendor limits the rate; {@code retryAfter} is null if it gave no time. */
    public static SourceException rateLimited(Vendor vendor, @Nullable Duration retryAfter) {
        return new SourceException(vendor, FailureReason.RATE_LIMITED, retryAfter);
    }

    /** The circuit breaker is open, so no requests are sent for some time. */
    public static SourceException circuitOpen(Vendor vendor, Duration retryAfter) {
        return new SourceException(vendor, FailureReason.CIRCUIT_OPEN, retryAfter);
    }

    /** A redirect by the vendor. It is not followed; operators have to change the base URL. */
    public static SourceException redirected(Vendor vendor, String detail) {
        return new SourceException(vendor, FailureReason.INVALID_RESPONSE, null, Kind.REDIRECTED, detail);
    }

    /** The request was not sent, as the deadline of its operation was exceeded. */
    public static SourceException notSent(Vendor vendor) {
        return new SourceException(vendor, FailureReason.TIMEOUT, null, Kind.NOT_SENT, "");
    }

    /** This failure with a detail for the log, which callers do not receive. */
    public SourceException withDetail(String text) {
        return new SourceException(vendor, reason, retryAfter, kind, text);
    }

    /** This failure as one of several that are logged under the same id. */
    public SourceException withErrorId(String id) {
        return new SourceException(this, retryAfter, id);
    }

    /** This failure with another time to wait. */
    public SourceException withRetryAfter(Duration wait) {
        return new SourceException(this, wait, errorId);
    }

    public Vendor vendor() {
        return vendor;
    }

    public FailureReason reason() {
        return reason;
    }

    /** Whether the vendor may have applied the write although its response was lost. */
    public boolean responseLost() {
        return kind == Kind.USUAL
                && (reason == FailureReason.TIMEOUT
                        || reason == FailureReason.UNAVAILABLE
                        || reason == FailureReason.SERVER_ERROR
                        || reason == FailureReason.INVALID_RESPONSE);
    }

    /**
     * Whether an error means that no object has the id. Vendors may reject an id in an unknown format, or report that
     * it does not exist.
     */
    public static boolean isAbsence(Throwable error) {
        return error instanceof SourceException failure
                && (failure.reason == FailureReason.NOT_FOUND || failure.reason == FailureReason.REJECTED_INPUT);
    }

    /** Whether an error is a vendor's failure after which the write may have been applied. */
    public static boolean isResponseLost(Throwable error) {
        return error instanceof SourceException failure && failure.responseLost();
    }

    /** The time until requests may be sent again; null if it is not known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return reason.retryable() && kind != Kind.REDIRECTED;
    }

    /** The HTTP status or the cause, in one line without addresses and secrets; empty if nothing is known. */
    public String detail() {
        return detail;
    }

    /** The id that is in the caller's error entry and in the log line. */
    public String errorId() {
        return errorId;
    }

    private static String message(Vendor vendor, FailureReason reason) {
        String name = vendor.displayName();
        return switch (reason) {
            case UNAVAILABLE -> name + " could not be reached.";
            case SERVER_ERROR -> name + " returned an error.";
            case OVERLOADED -> name + " has too many requests in progress.";
            case TIMEOUT -> name + " did not respond in time.";
            case RATE_LIMITED -> name + " limits the rate of requests at the moment.";
            case CIRCUIT_OPEN -> name + " has failed too often recently, so no requests are sent to it for a while.";
            case AUTH_FAILED -> name + " refused the gateway's credentials.";
            case FORBIDDEN -> name + " does not allow this with the gateway's credentials.";
            case INVALID_RESPONSE -> name + " returned a response that cannot be read.";
            case REJECTED_INPUT -> name + " refused the request.";
            case CONFLICT -> name + " already has an object with this name.";
            case NOT_FOUND -> name + " has no object with this id.";
            case NOT_CONFIGURED -> name + " is not configured in this gateway.";
            case REQUEST_LIMIT -> name + " received no request, as the operation exceeds its limit on vendor requests.";
            case CLUSTER_UNAVAILABLE -> name + " received no write, as Redis, which the write needs, is not available.";
        };
    }

    /** The properties of a failure in addition to its reason. */
    private enum Kind {
        USUAL,
        REDIRECTED,
        NOT_SENT
    }
}
