package io.taggateway.upstream.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much time and room a vendor's answers may take, and how much may be asked of it at once.
 *
 * @param connectTimeout time to connect
 * @param responseTimeout time from a request to the end of its answer
 * @param maxResponseSize size of an answer's body
 * @param maxConnections requests on their way at once
 * @param maxWaiting requests that may wait until one of those is done
 * @param requestsPerSecond to spread requests evenly; 0 for no such limit
 */
public record UpstreamLimits(
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration responseTimeout,
        @DefaultValue("10MB") DataSize maxResponseSize,
        @DefaultValue("64") int maxConnections,
        @DefaultValue("512") int maxWaiting,
        @DefaultValue("0") int requestsPerSecond) {

    /** Checks that there is room and time for anything at all. */
    public UpstreamLimits {
        if (!connectTimeout.isPositive() || !responseTimeout.isPositive()) {
            throw new IllegalArgumentException("A vendor's connect-timeout and response-timeout must be more than 0");
        }
        if (maxConnections < 1 || maxWaiting < 1 || requestsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "A vendor's max-connections and max-waiting must be at least 1, requests-per-second at least 0");
        }
    }
}
