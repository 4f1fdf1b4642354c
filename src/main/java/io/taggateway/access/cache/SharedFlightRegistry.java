package io.taggateway.access.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.source.ReplicaConsistency;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** The queries in progress that equal requests may join. */
@Component
public final class SharedFlightRegistry {

    /** Writes of other replicas are unknown here: a read must show them 250 ms after their response. */
    private static final Duration MAX_AGE_WITH_REPLICAS = Duration.ofMillis(250);

    private final Map<RequestKey, SharedFlight> open = new ConcurrentHashMap<>();
    private final boolean enabled;
    private final boolean hasReplicas;
    private final LongSupplier nanoTime;
    private final Counter joined;

    @Autowired
    SharedFlightRegistry(
            SharedFlightProperties properties, MeterRegistry meters, ObjectProvider<ReplicaConsistency> replicas) {
        this(properties.enabled(), meters, replicas.stream().findAny().isPresent(), System::nanoTime);
    }

    SharedFlightRegistry(boolean enabled, MeterRegistry meters, boolean hasReplicas, LongSupplier nanoTime) {
        this.enabled = enabled;
        this.hasReplicas = hasReplicas;
        this.nanoTime = nanoTime;
        this.joined = Counter.builder("taggateway.shared.flights.joined")
                .description("Requests that received the response to an equal request in progress")
                .register(meters);
        Gauge.builder("taggateway.shared.flights", open, Map::size)
                .description("Queries in progress whose execution equal requests can share")
                .register(meters);
    }

    /** Whether equal requests share executions. */
    public boolean isEnabled() {
        return enabled;
    }

    /** The execution of a request, which equal requests may join if it is a query. */
    public SharedFlight begin(RequestKey key) {
        return new SharedFlight(key, open, nanoTime.getAsLong());
    }

    /** Joins the execution of an equal request; null if there is none that is as new as the request. */
    public @Nullable SharedFlight join(RequestKey key) {
        SharedFlight flight = open.get(key);
        return flight != null && isRecent(flight) && flight.join() ? flight : null;
    }

    private boolean isRecent(SharedFlight flight) {
        return !hasReplicas || nanoTime.getAsLong() - flight.begunAt() < MAX_AGE_WITH_REPLICAS.toNanos();
    }

    /** Counts a caller that has joined, and has been charged. */
    public void countJoined() {
        joined.increment();
    }

    /**
     * Whether callers share executions.
     *
     * @param enabled whether equal queries in progress share an execution
     */
    @ConfigurationProperties(prefix = "gateway.shared-flights", ignoreUnknownFields = false)
    record SharedFlightProperties(@DefaultValue("true") boolean enabled) {}
}
