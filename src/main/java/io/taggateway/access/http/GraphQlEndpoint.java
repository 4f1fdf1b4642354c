package io.taggateway.access.http;

import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.access.streaming.EventStreamWriter;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlHandler;
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
    private final WebGraphQlHandler graphQl;
    private final ResponseWriter writer;
    private final EventStreamWriter events;
    private final CrossSiteRequestCheck crossSite;

    GraphQlEndpoint(
            GraphQlRequestReader reader,
            WebGraphQlHandler graphQl,
            ResponseWriter writer,
            EventStreamWriter events,
            CrossSiteRequestCheck crossSite) {
        this.crossSite = crossSite;
        this.reader = reader;
        this.graphQl = graphQl;
        this.writer = writer;
        this.events = events;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (method.equals(HttpMethod.OPTIONS)) {
            exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            exchange.getResponse().getHeaders().setAllow(METHODS);
            return exchange.getResponse().setComplete();
        }
        if (!METHODS.contains(method)) {
            return Mono.error(new MethodNotAllowedException(method, METHODS));
        }
        HttpOperationPolicy allowed = new HttpOperationPolicy(
                method, ResponseMediaType.accepted(headers), ResponseMediaType.acceptsStream(headers));
        crossSite.refuse(exchange.getRequest());
        Mono<byte[]> bytes = reader.bytes(exchange.getRequest());
        return writer.keepsResponses() && allowed.responseType() != ResponseMediaType.EVENT_STREAM
                ? CallerAuthentication.current()
                        .flatMap(caller -> bytes.flatMap(
                                read -> repeat(exchange, allowed, read, new RequestKey(caller, allowed, read))))
                : bytes.flatMap(read -> run(exchange, allowed, read, null));
    }

    /** The cached response to the same request, if it is still valid. */
    private Mono<Void> repeat(ServerWebExchange exchange, HttpOperationPolicy allowed, byte[] bytes, RequestKey key) {
        WrittenResponse kept = writer.find(key, allowed, exchange.getRequest().getHeaders());
        return kept == null ? run(exchange, allowed, bytes, key) : kept.writeTo(exchange.getResponse());
    }

    private Mono<Void> run(
            ServerWebExchange exchange, HttpOperationPolicy allowed, byte[] bytes, @Nullable RequestKey key) {
        WebGraphQlRequest request = reader.read(exchange, bytes);
        return FatalErrorRelay.failing(execute(request, allowed, exchange.getResponse(), key));
    }

    private Mono<Void> execute(
            WebGraphQlRequest request,
            HttpOperationPolicy allowed,
            ServerHttpResponse response,
            @Nullable RequestKey key) {
        allowed.applyTo(request);
        if (allowed.responseType() == ResponseMediaType.EVENT_STREAM) {
            return events.write(request, response);
        }
        return graphQl.handleRequest(request)
                .flatMap(result -> result.getData() instanceof Publisher
                        ? events.write(result, response)
                        : FatalErrorRelay.call(() -> writer.write(result, allowed, request.getHeaders(), key))
                                .writeTo(response));
    }
}
