package io.taggateway.access.streaming;

import io.taggateway.access.quota.AddressQuota;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.access.security.CallerRejectedException;
import io.taggateway.access.security.CallerResolver;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;

/**
 * Authenticates the callers of WebSockets by the headers of the handshake, or else by the payload of
 * {@code connection_init}, and closes the WebSocket when the credential expires or is revoked.
 */
@Component
public final class SocketAuthentication implements WebSocketGraphQlInterceptor {

    private static final CloseStatus TOO_MANY_FAILURES = new CloseStatus(4429, "Too many failed authentications");
    private static final CloseStatus UNAVAILABLE = new CloseStatus(1013, "Try again later");

    private final CallerResolver resolver;
    private final AddressQuota addresses;
    private final Clock clock;

    SocketAuthentication(CallerResolver resolver, AddressQuota addresses, Clock clock) {
        this.resolver = resolver;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Spring closes the WebSocket with 4401 after an error, unless it is closed already. */
    @Override
    public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
        WebSocketConnection connection = WebSocketConnection.of(session);
        return CallerAuthentication.find()
                .switchIfEmpty(Mono.defer(() -> resolver.resolve(credentials(payload))))
                .flatMap(caller -> connection.authenticate(caller, caller.end(clock)))
                .flatMap(counted -> counted ? Mono.empty() : Mono.error(new TooManyConnectionsException()))
                .doOnError(error -> {
                    CloseStatus status = closeStatus(error, session.getRemoteAddress());
                    if (status != null) {
                        connection.closeNow(status);
                    }
                });
    }

    /**
     * The status with which a WebSocket is closed; null for an invalid credential, which is counted for the address.
     */
    private @Nullable CloseStatus closeStatus(Throwable error, @Nullable InetSocketAddress address) {
        if (error instanceof TooManyConnectionsException) {
            return WebSocketRegistry.TOO_MANY;
        }
        if (!(error instanceof CallerRejectedException rejected)) {
            return UNAVAILABLE;
        }
        if (rejected.getStatusCode().isSameCodeAs(HttpStatus.FORBIDDEN)) {
            return WebSocketConnection.FORBIDDEN;
        }
        return addresses.countFailure(address) == null ? null : TOO_MANY_FAILURES;
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

    /** A caller has reached its maximum number of connections. */
    private static final class TooManyConnectionsException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;
    }
}
