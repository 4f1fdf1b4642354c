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
import java.util.function.Function;
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
     * Counts a connection as open until it ends, or refuses it if there are too many, or too many of its caller.
     *
     * @param connection begins with its place, as the caller may become known only later
     */
    <T> Flux<T> open(Function<Place, Publisher<T>> connection, Supplier<Publisher<T>> refusal) {
        return Flux.usingWhen(
                CallerAuthentication.find()
                        .map(CallerAuthentication::getPrincipal)
                        .defaultIfEmpty(Caller.ANYONE)
                        .map(this::acquire),
                place -> place.isOpen() ? connection.apply(place) : refusal.get(),
                place -> Mono.fromRunnable(place::release));
    }

    private Place acquire(Caller caller) {
        Place place = new Place();
        if (open.incrementAndGet() > max || !place.countFor(caller)) {
            place.release();
        }
        return place;
    }

    /** The owner of connections that are counted together. */
    private record Owner(@Nullable String tenant, String caller) {}

    /** What one connection counts for until it ends. */
    final class Place {

        private @Nullable Owner owner;
        private boolean released;

        /** Counts the connection for its caller, once; false if the caller has too many. */
        synchronized boolean countFor(Caller caller) {
            if (caller.equals(Caller.ANYONE) || maxOfCaller == 0 || owner != null || released) {
                return true;
            }
            Owner added = new Owner(caller.tenant(), caller.name());
            if (openOfCallers.merge(added, 1, Integer::sum) > maxOfCaller) {
                remove(added);
                return false;
            }
            owner = added;
            return true;
        }

        private synchronized boolean isOpen() {
            return !released;
        }

        private synchronized void release() {
            if (!released) {
                released = true;
                open.decrementAndGet();
                if (owner != null) {
                    remove(owner);
                }
            }
        }

        private void remove(Owner removed) {
            openOfCallers.computeIfPresent(removed, (caller, count) -> count == 1 ? null : count - 1);
        }
    }
}
