package io.taggateway.access.streaming;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.support.GraphQlWebSocketMessageType;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session that closes at the first message that the protocol does not know: Spring for GraphQL fails at such
 * messages, and with a failure the server closes the socket without a code. Its operations are completed before Spring
 * for GraphQL reads that they are: it would cancel them in the middle of its own chain, which would then never end and
 * take one of the few places for chains.
 */
final class ValidatingWebSocketSession extends AbstractWebSocketSession<WebSocketSession> {

    private static final CloseStatus INVALID = new CloseStatus(4400, "Invalid message");

    private final WebSocketConnection connection;

    ValidatingWebSocketSession(WebSocketSession session, WebSocketConnection connection) {
        super(session, session.getId(), session.getHandshakeInfo(), session.bufferFactory());
        this.connection = connection;
        getAttributes().put(WebSocketConnection.class.getName(), connection);
    }

    @Override
    public Flux<WebSocketMessage> receive() {
        AtomicBoolean closed = new AtomicBoolean();
        return getDelegate().receive().mapNotNull(message -> switch (message.getType()) {
            case PING, PONG -> null;
            case BINARY -> refuse(closed);
            case TEXT -> closed.get() ? null : read(message, closed);
        });
    }

    private @Nullable WebSocketMessage read(WebSocketMessage text, AtomicBoolean closed) {
        ClientMessage message = ClientMessage.read(text.getPayload());
        if (message == null) {
            return refuse(closed);
        }
        String id = message.content().getId();
        if (id != null && message.content().resolvedType() == GraphQlWebSocketMessageType.COMPLETE) {
            connection.complete(id);
        }
        return new WebSocketMessage(WebSocketMessage.Type.TEXT, message);
    }

    private @Nullable WebSocketMessage refuse(AtomicBoolean closed) {
        if (closed.compareAndSet(false, true)) {
            close(INVALID).onErrorComplete().subscribe();
        }
        return null;
    }

    @Override
    public Mono<Void> send(Publisher<WebSocketMessage> messages) {
        return getDelegate().send(messages);
    }

    @Override
    public boolean isOpen() {
        return getDelegate().isOpen();
    }

    @Override
    public Mono<Void> close(CloseStatus status) {
        return getDelegate().close(status);
    }

    @Override
    public Mono<CloseStatus> closeStatus() {
        return getDelegate().closeStatus();
    }
}
