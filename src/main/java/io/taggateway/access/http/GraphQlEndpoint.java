package io.taggateway.access.http;

import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * The endpoint for GraphQL over HTTP, with single responses or server-sent events. WebSockets have an endpoint of their
 * own.
 */
@Component
public final class GraphQlEndpoint implements WebHandler {

    public static final String PATH = "/graphql";

    /** The header with the consistency token, in responses to mutations and in requests. */
    public static final String CONSISTENCY_TOKEN = "X-Consistency-Token";

    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS);

    private final GraphQlRequestReader reader;
    private final ResponseLookup responses;
    private final OperationExecution operations;

    GraphQlEndpoint(GraphQlRequestReader reader, ResponseLookup responses, OperationExecution operations) {
        this.reader = reader;
        this.responses = responses;
        this.operations = operations;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (method.equals(HttpMethod.OPTIONS)) {
            exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            exchange.getResponse().getHeaders().setAllow(METHODS);
            return exchange.getResponse().setComplete();
        }
        if (!METHODS.contains(method)) {
            return Mono.error(new MethodNotAllowedException(method, METHODS));
        }
        ServerHttpRequest request = exchange.getRequest();
        Exchange accepted = new Exchange(request, exchange.getResponse(), policy(request));
        return CallerAuthentication.current()
                .flatMap(caller -> content(request).flatMap(bytes -> respond(accepted, caller, bytes)));
    }

    /** The operations that a request may execute; throws an exception if it is refused. */
    HttpOperationPolicy policy(ServerHttpRequest request) {
        return reader.policy(request);
    }

    /** The content of a request: its query string or its decompressed body. It is read only once. */
    Mono<byte[]> content(ServerHttpRequest request) {
        return reader.content(request);
    }

    /**
     * Responds to a request whose content was read, without executing its operation if a response is found. An
     * operation with a consistency token is always executed, as a cached response may be older than the write.
     */
    Mono<Void> respond(Exchange exchange, Caller caller, byte[] bytes) {
        boolean latest = exchange.request.getHeaders().containsHeader(CONSISTENCY_TOKEN);
        if (!responses.isEnabled() || exchange.allowed.isStream() || latest) {
            return run(exchange, bytes, null);
        }
        RequestKey key = new RequestKey(caller, exchange.allowed, bytes);
        WrittenResponse cached = responses.findCached(key, exchange);
        if (cached != null) {
            return cached.send(exchange.response);
        }
        Mono<WrittenResponse> shared = responses.join(key, exchange);
        return shared == null
                ? run(exchange, bytes, key)
                : shared.map(response -> response.send(exchange.response))
                        .switchIfEmpty(Mono.fromSupplier(() -> run(exchange, bytes, key)))
                        .flatMap(handled -> handled);
    }

    private Mono<Void> run(Exchange exchange, byte[] bytes, @Nullable RequestKey key) {
        return FatalErrorRelay.failing(operations.run(reader.read(exchange, bytes), exchange, key));
    }

    /**
     * A request and its response, which has the request id and the headers of all responses.
     *
     * @param allowed the operations that the request may execute
     */
    record Exchange(ServerHttpRequest request, ServerHttpResponse response, HttpOperationPolicy allowed) {

        /** The first language that the caller accepts; null if it names none. */
        @Nullable
        Locale locale() {
            try {
                HttpHeaders headers = request.getHeaders();
                return headers.containsHeader(HttpHeaders.ACCEPT_LANGUAGE)
                        ? headers.getAcceptLanguageAsLocales().stream()
                                .findFirst()
                                .orElse(null)
                        : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }
}
