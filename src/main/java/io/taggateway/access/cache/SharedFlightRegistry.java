package io.taggateway.access.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** The queries that are being executed and that equal requests may join. */
@Component
public final class SharedFlightRegistry {

    private final Map<RequestKey, SharedFlight> open = new ConcurrentHashMap<>();
    private final boolean enabled;
    private final Counter joined;

    SharedFlightRegistry(SharedFlightProperties properties, MeterRegistry meters) {
        this.enabled = properties.enabled();
        this.joined = Counter.builder("taggateway.shared.flights.joined")
                .description("Requests that got the response to an equal one that was being executed")
                .register(meters);
        Gauge.builder("taggateway.shared.flights", open, Map::size)
                .description("Queries being executed that equal requests may join")
                .register(meters);
    }

    /** Whether equal requests share executions. */
    public boolean isEnabled() {
        return enabled;
    }

    /** The execution of a request, which equal requests may join if it is a query. */
    public SharedFlight begin(RequestKey key) {
        return new SharedFlight(key, open);
    }

    /** Joins the execution of an equal request; null if there is none that is as new as the request. */
    public @Nullable SharedFlight join(RequestKey key) {
        SharedFlight flight = open.get(key);
        return flight != null && flight.join() ? flight : null;
    }

    /** Counts a caller that has joined, and has been charged. */
    public void countJoined() {
        joined.increment();
    }

    /**
     * Whether callers share executions.
     *
     * @param enabled whether equal queries that are under way at once are executed once
     */
    @ConfigurationProperties(prefix = "gateway.shared-flights", ignoreUnknownFields = false)
    record SharedFlightProperties(@DefaultValue("true") boolean enabled) {}
}
