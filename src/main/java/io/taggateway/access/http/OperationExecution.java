package io.taggateway.access.http;

import io.taggateway.access.cache.ExecutedResponse;
import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.cache.ResponseCache;
import io.taggateway.access.cache.SharedFlight;
import io.taggateway.access.cache.SharedFlightRegistry;
import io.taggateway.access.http.GraphQlEndpoint.Exchange;
import io.taggateway.access.streaming.EventStreamWriter;
import io.taggateway.tagging.operation.FatalErrorRelay;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Executes the operations of requests, and caches and shares the responses to queries. */
@Component
final class OperationExecution {

    private final WebGraphQlHandler graphQl;
    private final ResponseWriter writer;
    private final EventStreamWriter events;
    private final ResponseCache kept;
    private final SharedFlightRegistry flights;

    OperationExecution(
            WebGraphQlHandler graphQl,
            ResponseWriter writer,
            EventStreamWriter events,
            ResponseCache kept,
            SharedFlightRegistry flights) {
        this.graphQl = graphQl;
        this.writer = writer;
        this.events = events;
        this.kept = kept;
        this.flights = flights;
    }

    /**
     * Executes an operation and sends its response.
     *
     * @param key of the request; null if its response is neither cached nor shared
     */
    Mono<Void> run(WebGraphQlRequest request, Exchange exchange, @Nullable RequestKey key) {
        HttpOperationPolicy allowed = exchange.allowed();
        allowed.applyTo(request);
        if (allowed.isStream()) {
            return events.write(request, exchange.response());
        }
        return execute(request, allowed, key)
                .flatMap(executed -> executed.result().getData() instanceof Publisher
                        ? events.write(executed.result(), exchange.response())
                        : FatalErrorRelay.call(() -> send(executed, exchange)));
    }

    private Mono<Void> send(ExecutedResponse executed, Exchange exchange) {
        if (executed.shared() == null) {
            return writer.write(executed.result(), exchange.allowed()).writeTo(exchange.response());
        }
        exchange.response().getHeaders().putAll(executed.result().getResponseHeaders());
        return writer.write(executed.shared(), exchange).send(exchange.response());
    }

    private Mono<ExecutedResponse> execute(
            WebGraphQlRequest request, HttpOperationPolicy allowed, @Nullable RequestKey key) {
        Mono<ExecutedResponse> execution = graphQl.handleRequest(request)
                .map(result -> FatalErrorRelay.call(() -> writer.shared(result, allowed)));
        if (key == null) {
            return execution;
        }
        if (kept.isEnabled()) {
            kept.countMiss();
            execution = execution.doOnNext(executed -> keep(executed, key));
        }
        return flights.isEnabled() ? share(execution, request, flights.begin(key)) : execution;
    }

    private void keep(ExecutedResponse executed, RequestKey key) {
        if (executed.shared() != null) {
            kept.keep(key, executed.shared());
        }
    }

    private static Mono<ExecutedResponse> share(
            Mono<ExecutedResponse> execution, WebGraphQlRequest request, SharedFlight flight) {
        flight.applyTo(request);
        return FatalErrorRelay.catching(flight.execute(FatalErrorRelay.failing(execution)));
    }
}
