package io.taggateway.access.streaming;

import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.access.security.CallerRejectedException;
import io.taggateway.access.security.CallerResolver;
import java.time.Clock;
import java.util.Map;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Authenticates the callers of WebSockets by the headers of the handshake, or else by the payload of
 * {@code connection_init}, and closes the WebSocket when the credential expires or is revoked.
 */
@Component
public final class SocketAuthentication implements WebSocketGraphQlInterceptor {

    private final CallerResolver resolver;
    private final Clock clock;

    SocketAuthentication(CallerResolver resolver, Clock clock) {
        this.resolver = resolver;
        this.clock = clock;
    }

    /** An error closes the WebSocket with 4401. */
    @Override
    public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
        WebSocketConnection connection = WebSocketConnection.of(session);
        return CallerAuthentication.find()
                .switchIfEmpty(Mono.defer(() -> resolver.resolve(credentials(payload))))
                .doOnNext(caller -> connection.authenticate(caller, caller.end(clock)))
                .doOnError(SocketAuthentication::isForbidden, error -> connection.closeForbidden())
                .then(Mono.empty());
    }

    private static boolean isForbidden(Throwable error) {
        return error instanceof CallerRejectedException rejected
                && rejected.getStatusCode().isSameCodeAs(HttpStatus.FORBIDDEN);
    }

    /** The parameters of the connection, which have the names of HTTP headers, compared without case. */
    private static HttpHeaders credentials(Map<String, Object> payload) {
        HttpHeaders headers = new HttpHeaders();
        Map<?, ?> nested = payload.get("headers") instanceof Map<?, ?> map ? map : Map.of();
        for (Map<?, ?> source : new Map<?, ?>[] {payload, nested}) {
            source.forEach((name, value) -> {
                if (value instanceof String text && CallerResolver.isCredential(String.valueOf(name))) {
                    headers.add(String.valueOf(name), text);
                }
            });
        }
        return headers;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        if (!(request instanceof WebSocketGraphQlRequest operation)) {
            return chain.next(request);
        }
        CallerAuthentication caller =
                WebSocketConnection.of(operation.getSessionInfo()).caller();
        return chain.next(request)
                .contextWrite(context -> context.putAll(caller.context().readOnly()));
    }
}
