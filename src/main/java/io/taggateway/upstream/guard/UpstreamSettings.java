package io.taggateway.upstream.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** How a vendor is asked, and what happens when it does not answer. */
public record UpstreamSettings(Limits limits, Retry retry, Circuit circuit) {

    /**
     * How much time and memory a vendor's answers may take, and how much may be asked of it at once.
     *
     * @param connectTimeout time to connect
     * @param responseTimeout time from a request to the end of its answer
     * @param maxResponseSize size of an answer's body
     * @param maxConnections requests on their way at once
     * @param maxWaiting requests that may wait until one of those is done
     * @param requestsPerSecond to spread requests evenly; 0 for no such limit
     */
    public record Limits(
            @DefaultValue("1s") Duration connectTimeout,
            @DefaultValue("3s") Duration responseTimeout,
            @DefaultValue("10MB") DataSize maxResponseSize,
            @DefaultValue("64") int maxConnections,
            @DefaultValue("512") int maxWaiting,
            @DefaultValue("0") int requestsPerSecond) {

        /** Checks that there is room and time for anything at all. */
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
     * How often a request that can be repeated is sent again when the vendor is not there.
     *
     * @param enabled whether at all
     * @param max times at the most
     * @param backoff the longest wait before the first time; each further one may be twice as long
     */
    public record Retry(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("2") int max,
            @DefaultValue("100ms") Duration backoff) {}

    /**
     * When a vendor that fails is left alone.
     *
     * @param enabled whether ever
     * @param window how many of the last requests count
     * @param minRequests so many are needed to judge by
     * @param failureRate percentage of failed ones from which the vendor is left alone
     * @param slowRate percentage of slow ones from which it is
     * @param slowAfter how long a request takes that counts as slow
     * @param openFor for how long it is left alone before a few requests find out whether it is back
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
