package io.taggateway.access.http;

import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
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
        HttpOperationPolicy allowed = reader.policy(exchange.getRequest());
        Mono<byte[]> content = reader.content(exchange.getRequest());
        return responses.isEnabled() && !allowed.isStream()
                ? CallerAuthentication.current()
                        .flatMap(caller -> content.flatMap(
                                bytes -> respond(exchange, allowed, bytes, new RequestKey(caller, allowed, bytes))))
                : content.flatMap(bytes -> run(exchange, allowed, bytes, null));
    }

    private Mono<Void> respond(ServerWebExchange exchange, HttpOperationPolicy allowed, byte[] bytes, RequestKey key) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = exchange.getRequest().getHeaders();
        return responses
                .find(new ResponseLookup.Request(key, allowed, headers, response.getHeaders()))
                .map(found -> found.send(response))
                .switchIfEmpty(Mono.fromSupplier(() -> run(exchange, allowed, bytes, key)))
                .flatMap(handled -> handled);
    }

    private Mono<Void> run(
            ServerWebExchange exchange, HttpOperationPolicy allowed, byte[] bytes, @Nullable RequestKey key) {
        WebGraphQlRequest request = reader.read(exchange, bytes);
        return FatalErrorRelay.failing(operations.run(request, allowed, key, exchange.getResponse()));
    }
}
