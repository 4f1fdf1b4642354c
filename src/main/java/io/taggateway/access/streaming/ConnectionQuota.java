package io.taggateway.access.streaming;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.SubscriptionProperties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many WebSockets and event streams are open at once, in this process. */
@Component
class ConnectionQuota {

    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionQuota(SubscriptionProperties properties, MeterRegistry meters) {
        this.max = properties.maxConnections();
        Gauge.builder("taggateway.streams", open, AtomicInteger::get)
                .description("WebSockets and event streams that are open")
                .register(meters);
    }

    /** Counts a connection as open until it ends, or refuses it if there are too many. */
    <T> Flux<T> open(Supplier<Publisher<T>> connection, Supplier<Publisher<T>> refusal) {
        return Flux.usingWhen(
                Mono.fromSupplier(this::acquire),
                acquired -> acquired ? connection.get() : refusal.get(),
                acquired -> Mono.fromRunnable(() -> release(acquired)));
    }

    private boolean acquire() {
        boolean acquired = open.incrementAndGet() <= max;
        release(!acquired);
        return acquired;
    }

    private void release(boolean acquired) {
        if (acquired) {
            open.decrementAndGet();
        }
    }
}
