package io.taggateway.access.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
class Admission implements WebFilter {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final UnsentByteCounter unsent;
    private final int max;
    private final AtomicInteger running = new AtomicInteger();
    private final Sinks.Empty<Void> idle = Sinks.empty();
    private volatile boolean closed;

    Admission(UnsentByteCounter unsent, ConnectionProperties properties) {
        this.unsent = unsent;
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

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (isOfOperators(exchange)) {
            return chain.filter(exchange);
        }
        return Mono.defer(() -> {
            // Counts first, so that a stopping gateway either waits for this request or refuses it
            boolean admitted = running.incrementAndGet() <= max && !closed && unsent.hasRoomFor(1);
            Mono<Void> response = admitted ? chain.filter(exchange) : refuse(exchange);
            return response.doFinally(signal -> {
                running.decrementAndGet();
                completeIfIdle();
            });
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
