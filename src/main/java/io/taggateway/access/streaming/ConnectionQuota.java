package io.taggateway.access.streaming;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.limits.LimitsProperties;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.api.SubscriptionProperties;
import io.taggateway.tagging.operation.Caller;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Limits the open WebSockets and event streams of this process, and of each caller. */
@Component
class ConnectionQuota {

    private final int max;
    private final int maxOfCaller;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Owner, Integer> openOfCallers = new ConcurrentHashMap<>();

    ConnectionQuota(SubscriptionProperties properties, LimitsProperties limits, MeterRegistry meters) {
        this.max = properties.maxConnections();
        this.maxOfCaller = limits.caller().maxConnections();
        Gauge.builder("taggateway.streams", open, AtomicInteger::get)
                .description("WebSockets and event streams that are open")
                .register(meters);
    }

    /**
     * Counts a connection until it ends, or refuses it if too many are open in total or for its caller. The caller of a
     * WebSocket that authenticates with {@code connection_init} is not yet known here.
     */
    <T> Flux<T> open(Supplier<Publisher<T>> connection, Supplier<Publisher<T>> refusal) {
        return Flux.usingWhen(
                CallerAuthentication.find()
                        .map(CallerAuthentication::getPrincipal)
                        .defaultIfEmpty(Caller.ANYONE)
                        .map(this::acquire),
                place -> place.acquired ? connection.get() : refusal.get(),
                place -> Mono.fromRunnable(() -> release(place)));
    }

    private Place acquire(Caller caller) {
        Owner owner =
                caller.equals(Caller.ANYONE) || maxOfCaller == 0 ? null : new Owner(caller.tenant(), caller.name());
        boolean acquired = open.incrementAndGet() <= max;
        boolean both = acquired && (owner == null || openOfCallers.merge(owner, 1, Integer::sum) <= maxOfCaller);
        if (both) {
            return new Place(owner, true);
        }
        release(new Place(acquired ? owner : null, true));
        return new Place(null, false);
    }

    private void release(Place place) {
        if (place.acquired) {
            open.decrementAndGet();
        }
        if (place.owner != null) {
            openOfCallers.computeIfPresent(place.owner, (owner, count) -> count == 1 ? null : count - 1);
        }
    }

    /** The owner of connections that are counted together. */
    private record Owner(@Nullable String tenant, String caller) {}

    /** The count of one connection until it ends; the owner is null if only the total counts. */
    private record Place(@Nullable Owner owner, boolean acquired) {}
}
