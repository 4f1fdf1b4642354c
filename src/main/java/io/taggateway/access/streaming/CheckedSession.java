package io.taggateway.access.streaming;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session that closes at the first message that the protocol does not know. The framework fails at such messages, and
 * with a failure the server closes the socket without a code.
 */
record CheckedSession(WebSocketSession session) implements WebSocketSession {

    private static final CloseStatus INVALID = new CloseStatus(4400, "Invalid message");

    @Override
    public Flux<WebSocketMessage> receive() {
        AtomicBoolean closed = new AtomicBoolean();
        return session.receive().filter(message -> switch (message.getType()) {
            case PING, PONG -> false;
            case BINARY -> refuse(closed);
            case TEXT -> !closed.get() && (ClientMessage.matches(message.getPayloadAsText()) || refuse(closed));
        });
    }

    private boolean refuse(AtomicBoolean closed) {
        if (closed.compareAndSet(false, true)) {
            session.close(INVALID).onErrorComplete().subscribe();
        }
        return false;
    }

    @Override
    public String getId() {
        return session.getId();
    }

    @Override
    public HandshakeInfo getHandshakeInfo() {
        return session.getHandshakeInfo();
    }

    @Override
    public DataBufferFactory bufferFactory() {
        return session.bufferFactory();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return session.getAttributes();
    }

    @Override
    public Mono<Void> send(Publisher<WebSocketMessage> messages) {
        return session.send(messages);
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public Mono<Void> close(CloseStatus status) {
        return session.close(status);
    }

    @Override
    public Mono<CloseStatus> closeStatus() {
        return session.closeStatus();
    }

    @Override
    public WebSocketMessage textMessage(String payload) {
        return session.textMessage(payload);
    }

    @Override
    public WebSocketMessage binaryMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return session.binaryMessage(payload);
    }

    @Override
    public WebSocketMessage pingMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return session.pingMessage(payload);
    }

    @Override
    public WebSocketMessage pongMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return session.pongMessage(payload);
    }
}
