package io.taggateway.access.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/**
 * Measures requests that are answered before Spring dispatches and observes them, in the timer that all others have.
 */
@Component
public final class UndispatchedRequestMeter {

    /** As Spring has them for requests that did not fail. */
    private static final Tags COMMON = Tags.of("error", "none", "exception", "none", "uri", "/graphql");

    private final MeterRegistry meters;

    UndispatchedRequestMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Measures a request to the GraphQL endpoint.
     *
     * @param status that was sent; null if the caller left before
     * @param begunAt by {@link System#nanoTime}
     */
    public void record(HttpMethod method, @Nullable HttpStatusCode status, long begunAt) {
        Tags tags = COMMON.and(
                "method",
                method.name(),
                "status",
                status == null ? "UNKNOWN" : Integer.toString(status.value()),
                "outcome",
                outcome(status));
        meters.timer("http.server.requests", tags).record(System.nanoTime() - begunAt, TimeUnit.NANOSECONDS);
    }

    private static String outcome(@Nullable HttpStatusCode status) {
        if (status == null) {
            return "UNKNOWN";
        }
        return status.is2xxSuccessful() ? "SUCCESS" : status.is3xxRedirection() ? "REDIRECTION" : "CLIENT_ERROR";
    }
}
