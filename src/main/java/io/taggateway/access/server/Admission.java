package io.taggateway.access.server;

import io.taggateway.access.quota.AddressQuota;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Refuses requests while too many are in progress, while too many bytes wait to be sent, and when the gateway stops.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
public class Admission implements WebFilter {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final UnsentByteCounter unsent;
    private final AddressQuota addresses;
    private final int max;
    private final AtomicInteger running = new AtomicInteger();
    private final Sinks.Empty<Void> idle = Sinks.empty();
    private volatile boolean closed;

    Admission(UnsentByteCounter unsent, AddressQuota addresses, ConnectionProperties properties) {
        this.unsent = unsent;
        this.addresses = addresses;
        this.max = properties.maxRequests();
    }

    /** Refuses all further requests; completes when no earlier request is in progress. */
    Mono<Void> close() {
        closed = true;
        completeIfIdle();
        return idle.asMono();
    }

    private void completeIfIdle() {
        if (closed && running.get() == 0) {
            idle.tryEmitEmpty();
        }
    }

    /**
     * Admits and counts a request before Spring dispatches it.
     *
     * @return null if it is not admitted, so that the filter refuses it; a returned request must be ended by
     *     {@link #leave}
     */
    public @Nullable AdmittedRequest admit(ServerHttpRequest request) {
        if (enter()) {
            return new AdmittedRequest(request, addresses.countRequest(request.getRemoteAddress()));
        }
        leave();
        return null;
    }

    /** Ends a request that was admitted. */
    public void leave() {
        running.decrementAndGet();
        completeIfIdle();
    }

    /** Counts first, so that a stopping gateway either waits for this request or refuses it. */
    private boolean enter() {
        return running.incrementAndGet() <= max && !closed && unsent.accepts(1);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest() instanceof AdmittedRequest || isOfOperators(exchange)) {
            return chain.filter(exchange);
        }
        return Mono.defer(() -> {
            Mono<Void> response = enter() ? chain.filter(exchange) : refuse(exchange);
            return response.doFinally(signal -> leave());
        });
    }

    /** Whether a request is for health or metrics, which are never refused. */
    static boolean isOfOperators(ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        return path.startsWith("/livez") || path.startsWith("/readyz") || path.startsWith("/actuator");
    }

    private Mono<Void> refuse(ServerWebExchange exchange) {
        if (closed) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return Mono.error(new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE));
    }
}
