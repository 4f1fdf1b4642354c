package io.taggateway.access.streaming;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.SubscriptionProperties;
import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.model.Tenant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;

/** The open WebSockets. Their number is limited, and all are closed when the gateway stops. */
@Component
class WebSocketRegistry {

    static final CloseStatus TOO_MANY = new CloseStatus(1013, "Too many connections");

    private final ConnectionLimiter limiter;
    private final TenantRegistry tenants;
    private final int maxOperations;
    private final Set<WebSocketConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    WebSocketRegistry(
            ConnectionLimiter limiter,
            TenantRegistry tenants,
            TenantCatalog catalog,
            SubscriptionProperties properties,
            MeterRegistry meters) {
        this.limiter = limiter;
        this.tenants = tenants;
        this.maxOperations = properties.maxPerConnection();
        catalog.onChange(tenant -> {
            if (!catalog.isConfigured(tenant)) {
                forbid(tenant);
            }
        });
        Gauge.builder("taggateway.subscriptions", tenants, WebSocketRegistry::listeners)
                .description("Open subscriptions")
                .register(meters);
    }

    private static int listeners(TenantRegistry tenants) {
        return tenants.directories().stream()
                .mapToInt(directory -> directory.feed().listeners())
                .sum();
    }

    /** Serves a session while it is open, or closes it if there are too many. */
    Mono<Void> serve(WebSocketSession session, Function<WebSocketConnection, Mono<Void>> service) {
        return limiter.open(permit -> registered(session, service, permit), () -> session.close(TOO_MANY))
                .then();
    }

    private Mono<Void> registered(
            WebSocketSession session,
            Function<WebSocketConnection, Mono<Void>> service,
            ConnectionLimiter.Permit permit) {
        WebSocketConnection connection = new WebSocketConnection(session, maxOperations, permit::countFor);
        connections.add(connection);
        if (ended) {
            connection.closeWhenIdle();
        }
        return service.apply(connection).doFinally(signal -> {
            connections.remove(connection);
            connection.release();
        });
    }

    /** Closes the WebSockets of a tenant that is no longer configured. */
    private void forbid(Tenant tenant) {
        connections.stream()
                .filter(connection -> connection.isOf(tenant))
                .forEach(connection -> connection.closeNow(WebSocketConnection.FORBIDDEN));
    }

    /** Runs before the server waits for requests in progress, as subscriptions would never end. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        ended = true;
        tenants.directories().forEach(directory -> directory.feed().end());
        connections.forEach(WebSocketConnection::closeWhenIdle);
    }
}
