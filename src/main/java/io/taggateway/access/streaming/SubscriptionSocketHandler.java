package io.taggateway.access.streaming;

import io.micrometer.context.ContextSnapshotFactory;
import io.taggateway.api.SubscriptionProperties;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.webflux.GraphQlWebSocketHandler;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;

/**
 * GraphQL over WebSockets as the framework does it, for as many clients of the protocol as the quota allows. Pages of
 * other sites do not come as far as this, by the framework's check of their {@code Origin}.
 */
@Component
final class SubscriptionSocketHandler extends GraphQlWebSocketHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionSocketHandler.class);
    private static final String PROTOCOL = "graphql-transport-ws";
    private static final CloseStatus WRONG_PROTOCOL = new CloseStatus(4406, "Subprotocol not acceptable");

    private final WebSocketRegistry registry;

    SubscriptionSocketHandler(
            WebGraphQlHandler handler,
            ServerCodecConfigurer codecs,
            SubscriptionProperties properties,
            GraphQlCorsProperties cors,
            WebSocketRegistry registry) {
        super(
                new Operations(handler),
                reading(codecs),
                properties.initTimeout(),
                properties.keepAlive(),
                Objects.requireNonNullElseGet(cors.toCorsConfiguration(), CorsConfiguration::new));
        this.registry = registry;
    }

    private static CodecConfigurer reading(ServerCodecConfigurer codecs) {
        ServerCodecConfigurer reading = codecs.clone();
        reading.customCodecs().register(new ClientMessage.Content());
        return reading;
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        return PROTOCOL.equals(session.getHandshakeInfo().getSubProtocol())
                ? registry.serve(session, this::serve)
                : session.close(WRONG_PROTOCOL);
    }

    private Mono<Void> serve(WebSocketConnection connection) {
        // By the time of an error the server has closed the socket
        return super.handle(connection)
                .doOnError(error -> LOG.error("WebSocket failed", error))
                .onErrorComplete();
    }

    /** The operations of WebSockets. All results are streams, so that each has an id that is taken while it runs. */
    private record Operations(WebGraphQlHandler handler) implements WebGraphQlHandler {

        @Override
        public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
            if (!(request instanceof WebSocketGraphQlRequest operation)) {
                return handler.handleRequest(request);
            }
            WebSocketConnection connection = WebSocketConnection.of(operation.getSessionInfo());
            return Mono.just(StreamedAnswers.answer(
                    request, connection.run(operation.getId(), StreamedAnswers.run(handler, request))));
        }

        @Override
        public ContextSnapshotFactory contextSnapshotFactory() {
            return handler.contextSnapshotFactory();
        }

        @Override
        public WebSocketGraphQlInterceptor getWebSocketInterceptor() {
            return handler.getWebSocketInterceptor();
        }
    }
}
