package io.taggateway.tagging.model;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A failed request to a vendor, or an unusable response. It is decoded once, at the vendor. */
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

    private SourceException(SourceException other, String errorId) {
        super(other.text());
        this.vendor = other.vendor;
        this.reason = other.reason;
        this.retryAfter = other.retryAfter;
        this.kind = other.kind;
        this.detail = other.detail;
        this.errorId = errorId;
    }

    /** A vendor's failure for a reason that says it all. */
    public static SourceException of(Vendor vendor, FailureReason reason) {
        return new SourceException(vendor, reason, null);
    }

    /** A vendor that limits the rate; {@code retryAfter} is null if it named no time. */
    public static SourceException rateLimited(Vendor vendor, @Nullable Duration retryAfter) {
        return new SourceException(vendor, FailureReason.RATE_LIMITED, retryAfter);
    }

    /** A vendor that is not asked at all for some more time. */
    public static SourceException circuitOpen(Vendor vendor, Duration retryAfter) {
        return new SourceException(vendor, FailureReason.CIRCUIT_OPEN, retryAfter);
    }

    /** A redirect of the vendor. It is not followed; operators have to change the base URL. */
    public static SourceException redirected(Vendor vendor, String detail) {
        return new SourceException(vendor, FailureReason.INVALID_RESPONSE, null, Kind.REDIRECTED, detail);
    }

    /** A request that was not sent, as the time of its operation was over. */
    public static SourceException notSent(Vendor vendor) {
        return new SourceException(vendor, FailureReason.TIMEOUT, null, Kind.NOT_SENT, "");
    }

    /** This failure with a detail for the log, which callers do not receive. */
    public SourceException withDetail(String text) {
        return new SourceException(vendor, reason, retryAfter, kind, text);
    }

    /** This failure as one of several that the log has under the same id. */
    public SourceException withErrorId(String id) {
        return new SourceException(this, id);
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
     * Whether an error says that there is nothing of an id: one of the wrong form is refused as such by some databases,
     * and not found by others.
     */
    public static boolean isAbsence(Throwable error) {
        return error instanceof SourceException failure
                && (failure.reason == FailureReason.NOT_FOUND || failure.reason == FailureReason.REJECTED_INPUT);
    }

    /** Whether an error is a vendor's failure after which the write may have been applied. */
    public static boolean isAnswerLost(Throwable error) {
        return error instanceof SourceException failure && failure.responseLost();
    }

    /** The time that the vendor asked to wait; null if it named none. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may succeed later with nothing changed. */
    public boolean retryable() {
        return reason.retryable() && kind != Kind.REDIRECTED;
    }

    /** The HTTP status or the cause, in one line without addresses and secrets; empty if nothing is known. */
    public String detail() {
        return detail;
    }

    /** What ties a caller's error entry to the log's line. */
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
        };
    }

    /** What sets a failure apart from others of its reason. */
    private enum Kind {
        USUAL,
        REDIRECTED,
        NOT_SENT
    }
}
