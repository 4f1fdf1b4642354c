package io.taggateway.access.streaming;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.SubscriptionProperties;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The connections of this process. */
@Component
class InMemoryConnectionQuota implements ConnectionQuota {

    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    InMemoryConnectionQuota(SubscriptionProperties properties, MeterRegistry meters) {
        this.max = properties.maxConnections();
        Gauge.builder("taggateway.streams", open, AtomicInteger::get)
                .description("WebSockets and event streams that are open")
                .register(meters);
    }

    @Override
    public Mono<Boolean> acquire() {
        return Mono.fromSupplier(() -> {
            boolean taken = open.incrementAndGet() <= max;
            if (!taken) {
                open.decrementAndGet();
            }
            return taken;
        });
    }

    @Override
    public Mono<Void> release() {
        return Mono.fromRunnable(open::decrementAndGet);
    }
}
