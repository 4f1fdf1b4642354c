package io.taggateway.sandbox;

import io.taggateway.sandbox.http.SandboxReply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a simulated vendor: its effect, the requests that it affects, and how often it occurs.
 *
 * @param effect what happens to the response
 * @param reply the response in place of the vendor's own; null unless the effect is {@link Effect#REPLACED}
 * @param latency the delay of the response, after the vendor has processed the request
 * @param times the number of requests after which the fault ends; 0 means never
 * @param method the only HTTP method that fails, or empty for every method
 * @param path the prefix of the paths of failing requests, percent-encoded and from the root, such as
 *     {@code /api/v2/tags}
 */
public record Fault(
        Effect effect, @Nullable SandboxReply reply, Duration latency, int times, String method, String path) {

    /** What happens to a response. */
    enum Effect {
        /** The vendor processes the request and responds. */
        NONE,
        /** The vendor sends the given reply, and does not process the request. */
        REPLACED,
        /** The vendor processes the request, and the connection is closed within the response. */
        CUT_OFF,
        /** The vendor neither processes the request nor responds. */
        HANG
    }

    public Fault {
        if (times < 0 || latency.isNegative()) {
            throw new IllegalArgumentException("Neither times nor latency is negative");
        }
    }

    /** The vendor's own response, delayed. */
    public static Fault slow(Duration latency) {
        return of(Effect.NONE).latency(latency);
    }

    /** A status with an empty body. */
    public static Fault status(int status) {
        return replaced(SandboxReply.empty(status));
    }

    /** A status with a body that is declared as JSON. */
    public static Fault status(int status, String body) {
        return replaced(new SandboxReply(status, SandboxReply.JSON, body, null));
    }

    /** A status with an HTML page. */
    public static Fault html(int status) {
        return replaced(SandboxReply.html(status));
    }

    /** 429 without {@code Retry-After}. */
    public static Fault tooManyRequests() {
        return status(429);
    }

    /** The request is processed, and the connection closed within the response. */
    public static Fault cutOff() {
        return of(Effect.CUT_OFF);
    }

    /** 200 with a body that is declared as JSON and is not JSON. */
    public static Fault garbage() {
        return status(200, "{\"status\": <<<");
    }

    /** 200 with an empty body. */
    public static Fault emptyBody() {
        return status(200);
    }

    /** No response at all. */
    public static Fault hang() {
        return of(Effect.HANG);
    }

    /** Adds {@code Retry-After} in seconds; it has no effect on the vendor's own responses. */
    public Fault retryAfter(Duration wait) {
        return retryAfter(Long.toString(wait.toSeconds()));
    }

    /** Adds {@code Retry-After} as an HTTP date; it has no effect on the vendor's own responses. */
    public Fault retryAfter(Instant date) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
        return retryAfter(format.format(date.atOffset(ZoneOffset.UTC)));
    }

    Fault retryAfter(String value) {
        return reply == null ? this : new Fault(effect, reply.retryAfter(value), latency, times, method, path);
    }

    public Fault latency(Duration changed) {
        return new Fault(effect, reply, changed, times, method, path);
    }

    public Fault times(int changed) {
        return new Fault(effect, reply, latency, changed, method, path);
    }

    /** Limits the fault to a method and to paths with a prefix; an empty one limits nothing. */
    public Fault on(String onlyMethod, String pathPrefix) {
        return new Fault(effect, reply, latency, times, onlyMethod, pathPrefix);
    }

    boolean affects(String requestMethod, String requestPath) {
        return (method.isEmpty() || method.equalsIgnoreCase(requestMethod)) && requestPath.startsWith(path);
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, null, Duration.ZERO, 0, "", "");
    }

    private static Fault replaced(SandboxReply reply) {
        return new Fault(Effect.REPLACED, reply, Duration.ZERO, 0, "", "");
    }
}
