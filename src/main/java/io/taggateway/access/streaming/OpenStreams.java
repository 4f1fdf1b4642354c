package io.taggateway.access.streaming;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.SubscriptionProperties;
import io.taggateway.tagging.directory.TenantRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The connections that stay open for events: not too many, and none when the gateway stops. */
@Component
class OpenStreams {

    private final int max;
    private final TenantRegistry tenants;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<OpenSocket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    OpenStreams(SubscriptionProperties properties, TenantRegistry tenants, MeterRegistry meters) {
        this.max = properties.maxConnections();
        this.tenants = tenants;
        Gauge.builder("taggateway.streams", open, AtomicInteger::get)
                .description("WebSockets and event streams that are open")
                .register(meters);
        Gauge.builder("taggateway.subscriptions", tenants, OpenStreams::listeners)
                .description("Subscriptions that are listened to")
                .register(meters);
    }

    private static int listeners(TenantRegistry tenants) {
        return tenants.directories().stream()
                .mapToInt(directory -> directory.feed().listeners())
                .sum();
    }

    /** Takes the place of one more; false where there is none. */
    boolean enter() {
        if (open.incrementAndGet() <= max) {
            return true;
        }
        open.decrementAndGet();
        return false;
    }

    /** Gives the place back. */
    void leave() {
        open.decrementAndGet();
    }

    void add(OpenSocket socket) {
        sockets.add(socket);
        if (ended) {
            socket.endWhenIdle();
        }
    }

    void remove(OpenSocket socket) {
        sockets.remove(socket);
    }

    /** Before the server begins to wait for requests under way, which subscriptions are for ever. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        ended = true;
        tenants.directories().forEach(directory -> directory.feed().end());
        sockets.forEach(OpenSocket::endWhenIdle);
    }
}
