package io.taggateway.access.streaming;

import io.taggateway.api.SubscriptionProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webflux.GraphQlWebSocketHandler;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;

/**
 * GraphQL over WebSockets as the framework does it, for clients of the protocol and as many as there is room for. Pages
 * of other sites do not come as far as this, by the framework's check of their {@code Origin}.
 */
final class SubscriptionSocketHandler extends GraphQlWebSocketHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionSocketHandler.class);
    private static final String PROTOCOL = "graphql-transport-ws";
    private static final CloseStatus WRONG_PROTOCOL = new CloseStatus(4406, "Subprotocol not acceptable");
    private static final CloseStatus NO_ROOM = new CloseStatus(1013, "Too many connections");

    private final OpenStreams streams;
    private final int maxOperations;

    SubscriptionSocketHandler(
            WebGraphQlHandler handler,
            CodecConfigurer codecs,
            SubscriptionProperties properties,
            @Nullable CorsConfiguration cors,
            OpenStreams streams) {
        super(
                new SocketOperations(handler),
                codecs,
                properties.initTimeout(),
                properties.keepAlive(),
                cors == null ? new CorsConfiguration() : cors);
        this.streams = streams;
        this.maxOperations = properties.maxPerConnection();
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        if (!PROTOCOL.equals(session.getHandshakeInfo().getSubProtocol())) {
            return session.close(WRONG_PROTOCOL);
        }
        if (!streams.enter()) {
            return session.close(NO_ROOM);
        }
        OpenSocket socket = new OpenSocket(session, maxOperations);
        streams.add(socket);
        return super.handle(new CheckedSession(session))
                .onErrorResume(SubscriptionSocketHandler::end)
                .doFinally(signal -> {
                    streams.remove(socket);
                    streams.leave();
                });
    }

    /** By the time of an error the server has closed the socket. */
    private static Mono<Void> end(Throwable error) {
        LOG.error("WebSocket failed", error);
        return Mono.empty();
    }
}
