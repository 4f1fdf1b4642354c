package io.taggateway.sandbox;

import io.taggateway.sandbox.http.SandboxReply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A way in which a played vendor fails, which of its requests do, and how often.
 *
 * @param trouble what goes wrong
 * @param latency how long the answer is held back, after the vendor did what was asked
 * @param times after how many requests the fault is over; 0 means never
 * @param method the only HTTP method that fails, or empty for every method
 * @param path what the path of a failing request begins with, percent-encoded and from the root: {@code /api/v2/tags}
 */
public record Fault(Trouble trouble, Duration latency, int times, String method, String path) {

    public Fault {
        if (times < 0 || latency.isNegative()) {
            throw new IllegalArgumentException("Neither times nor latency is negative");
        }
    }

    /** Answers as usual, but late. */
    public static Fault slow(Duration latency) {
        return new Fault(new Trouble.None(), latency, 0, "", "");
    }

    /** Answers this status with an empty body. */
    public static Fault status(int status) {
        return of(new Trouble.Instead(SandboxReply.empty(status)));
    }

    /** Answers this status with this body as JSON. */
    public static Fault status(int status, String body) {
        return of(new Trouble.Instead(new SandboxReply(status, SandboxReply.JSON, body, null)));
    }

    /** Answers this status with an HTML page. */
    public static Fault html(int status) {
        return of(new Trouble.Instead(SandboxReply.html(status)));
    }

    /** Answers 429 without {@code Retry-After}. */
    public static Fault tooManyRequests() {
        return status(429);
    }

    /** Does as asked, then closes the connection in mid-body. */
    public static Fault cutOff() {
        return of(new Trouble.CutOff());
    }

    /** Answers 200 and says that a body is JSON which is not. */
    public static Fault garbage() {
        return status(200, "{\"status\": <<<");
    }

    /** Answers 200 with an empty body. */
    public static Fault emptyBody() {
        return status(200);
    }

    /** Never answers. */
    public static Fault hang() {
        return of(new Trouble.Hang());
    }

    /** Adds {@code Retry-After} in seconds; it stays without effect on answers of the vendor's own. */
    public Fault retryAfter(Duration wait) {
        return retryAfter(Long.toString(wait.toSeconds()));
    }

    /** Adds {@code Retry-After} as an HTTP date; it stays without effect on answers of the vendor's own. */
    public Fault retryAfter(Instant date) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
        return retryAfter(format.format(date.atOffset(ZoneOffset.UTC)));
    }

    public Fault latency(Duration changed) {
        return new Fault(trouble, changed, times, method, path);
    }

    public Fault times(int changed) {
        return new Fault(trouble, latency, changed, method, path);
    }

    /** Limits the fault to a method and to paths of a beginning; an empty one limits nothing. */
    public Fault on(String onlyMethod, String pathPrefix) {
        return new Fault(trouble, latency, times, onlyMethod, pathPrefix);
    }

    boolean strikes(String requestMethod, String requestPath) {
        return (method.isEmpty() || method.equalsIgnoreCase(requestMethod)) && requestPath.startsWith(path);
    }

    Fault retryAfter(String value) {
        return switch (trouble) {
            case Trouble.Instead instead ->
                new Fault(new Trouble.Instead(instead.reply().retryAfter(value)), latency, times, method, path);
            case Trouble.None none -> this;
            case Trouble.CutOff cutOff -> this;
            case Trouble.Hang hang -> this;
        };
    }

    private static Fault of(Trouble trouble) {
        return new Fault(trouble, Duration.ZERO, 0, "", "");
    }
}
