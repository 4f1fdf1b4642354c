package io.taggateway.access.streaming;

import graphql.GraphQLError;
import io.micrometer.context.ContextSnapshotFactory;
import io.taggateway.access.limits.ResponseSerializer;
import io.taggateway.api.SubscriptionProperties;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractEncoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.support.GraphQlWebSocketMessage;
import org.springframework.graphql.server.support.GraphQlWebSocketMessageType;
import org.springframework.graphql.server.webflux.GraphQlWebSocketHandler;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Handles GraphQL over WebSockets with the framework's handler, within the quota of connections. The framework has
 * already refused pages of other sites by their {@code Origin}.
 */
@Component
final class SubscriptionSocketHandler extends GraphQlWebSocketHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionSocketHandler.class);
    private static final String PROTOCOL = "graphql-transport-ws";
    private static final CloseStatus WRONG_PROTOCOL = new CloseStatus(4406, "Subprotocol not acceptable");

    private final WebSocketRegistry registry;

    SubscriptionSocketHandler(
            WebGraphQlHandler handler,
            ResponseSerializer serializer,
            SubscriptionProperties properties,
            GraphQlCorsProperties cors,
            WebSocketRegistry registry) {
        super(
                new OperationHandler(handler),
                codecs(serializer),
                properties.initTimeout(),
                properties.keepAlive(),
                Objects.requireNonNullElseGet(cors.toCorsConfiguration(), CorsConfiguration::new));
        this.registry = registry;
    }

    private static CodecConfigurer codecs(ResponseSerializer serializer) {
        ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
        codecs.customCodecs().register(new ClientMessage.Content());
        codecs.customCodecs().register(new MessageEncoder(serializer));
        return codecs;
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        return PROTOCOL.equals(session.getHandshakeInfo().getSubProtocol())
                ? registry.serve(session, this::serve)
                : session.close(WRONG_PROTOCOL);
    }

    private Mono<Void> serve(WebSocketConnection connection) {
        // The server has closed the socket before the error
        return super.handle(connection)
                .doOnError(error -> LOG.error("WebSocket failed", error))
                .onErrorComplete();
    }

    /**
     * Executes the operations of WebSockets. All results are streams, so that the id of each operation is in use while
     * it runs.
     */
    private record OperationHandler(WebGraphQlHandler handler) implements WebGraphQlHandler {

        @Override
        public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
            if (!(request instanceof WebSocketGraphQlRequest operation)) {
                return handler.handleRequest(request);
            }
            WebSocketConnection connection = WebSocketConnection.of(operation.getSessionInfo());
            return Mono.just(StreamedOperationHandler.respond(
                    request, connection.run(operation.getId(), StreamedOperationHandler.run(handler, request))));
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

    /** Writes the gateway's messages, and replaces a result that is too large by an error. */
    private static final class MessageEncoder extends AbstractEncoder<GraphQlWebSocketMessage> {

        private final ResponseSerializer serializer;

        MessageEncoder(ResponseSerializer serializer) {
            super(MimeTypeUtils.APPLICATION_JSON);
            this.serializer = serializer;
        }

        @Override
        public boolean canEncode(ResolvableType type, @Nullable MimeType mimeType) {
            return type.toClass() == GraphQlWebSocketMessage.class && super.canEncode(type, mimeType);
        }

        @Override
        public Flux<DataBuffer> encode(
                Publisher<? extends GraphQlWebSocketMessage> messages,
                DataBufferFactory buffers,
                ResolvableType type,
                @Nullable MimeType mimeType,
                @Nullable Map<String, Object> hints) {
            return Flux.from(messages)
                    .map(message -> FatalErrorRelay.call(() -> encodeValue(message, buffers, type, mimeType, hints)));
        }

        @Override
        public DataBuffer encodeValue(
                GraphQlWebSocketMessage message,
                DataBufferFactory buffers,
                ResolvableType type,
                @Nullable MimeType mimeType,
                @Nullable Map<String, Object> hints) {
            List<byte[]> text = serializer.write(message);
            if (text == null) {
                text = Objects.requireNonNull(serializer.write(tooLarge(message)));
            }
            return buffers.join(text.stream().map(buffers::wrap).toList());
        }

        private GraphQlWebSocketMessage tooLarge(GraphQlWebSocketMessage message) {
            String id = Objects.requireNonNull(message.getId());
            GraphQLError error = serializer.tooLarge();
            return message.resolvedType() == GraphQlWebSocketMessageType.ERROR
                    ? GraphQlWebSocketMessage.error(id, List.of(error))
                    : GraphQlWebSocketMessage.next(id, Map.of("errors", List.of(error.toSpecification())));
        }
    }
}
