package io.taggateway.upstream.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** The limits, the retries and the circuit breaker of one vendor. */
public record UpstreamSettings(Limits limits, Retry retry, Circuit circuit) {

    /**
     * Limits on the time and the size of a vendor's responses, and on concurrent requests.
     *
     * @param connectTimeout time to connect
     * @param responseTimeout time limit from a request to the end of its response
     * @param maxResponseSize maximum size of a response body
     * @param maxConnections maximum number of concurrent requests
     * @param maxWaiting maximum number of requests that wait for a connection
     * @param requestsPerSecond to spread requests evenly; 0 for no such limit
     */
    public record Limits(
            @DefaultValue("1s") Duration connectTimeout,
            @DefaultValue("3s") Duration responseTimeout,
            @DefaultValue("10MB") DataSize maxResponseSize,
            @DefaultValue("64") int maxConnections,
            @DefaultValue("512") int maxWaiting,
            @DefaultValue("0") int requestsPerSecond) {

        /** Checks that the limits are positive. */
        public Limits {
            if (!connectTimeout.isPositive() || !responseTimeout.isPositive()) {
                throw new IllegalArgumentException(
                        "A vendor's connect-timeout and response-timeout must be more than 0");
            }
            if (maxConnections < 1 || maxWaiting < 1 || requestsPerSecond < 0) {
                throw new IllegalArgumentException(
                        "A vendor's max-connections and max-waiting must be at least 1, requests-per-second at least"
                                + " 0");
            }
        }
    }

    /**
     * The retries of requests that can be repeated, if the vendor is unavailable.
     *
     * @param enabled whether requests are retried
     * @param max the maximum number of retries
     * @param backoff the maximum wait before the first retry; it doubles for each further one
     */
    public record Retry(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("2") int max,
            @DefaultValue("100ms") Duration backoff) {}

    /**
     * The settings of the circuit breaker.
     *
     * @param enabled whether the circuit breaker is used
     * @param window the number of last requests that count
     * @param minRequests the number of requests that are needed to evaluate a rate
     * @param failureRate the percentage of failed requests at which the circuit opens
     * @param slowRate the percentage of slow requests at which the circuit opens
     * @param slowAfter the duration from which a request counts as slow
     * @param openFor how long the circuit stays open before trial requests are sent
     */
    public record Circuit(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("20") int window,
            @DefaultValue("5") int minRequests,
            @DefaultValue("50") float failureRate,
            @DefaultValue("80") float slowRate,
            @DefaultValue("2s") Duration slowAfter,
            @DefaultValue("5s") Duration openFor) {}
}
