package io.taggateway.access.streaming;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;

/** The operations that run on one WebSocket. */
final class OpenSocket {

    /** Tells clients to connect again, as another gateway or this one will be there soon. */
    private static final CloseStatus RESTART = new CloseStatus(1012, "Service restart");

    private final WebSocketSession session;
    private final int max;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, UnsubscribableFlux<?>> streams = new ConcurrentHashMap<>();
    private volatile boolean ending;

    OpenSocket(WebSocketSession session, int max) {
        this.session = session;
        this.max = max;
        session.getAttributes().put(OpenSocket.class.getName(), this);
    }

    static OpenSocket of(WebSocketSessionInfo session) {
        return (OpenSocket) Objects.requireNonNull(session.getAttributes().get(OpenSocket.class.getName()));
    }

    /** Takes the place of one more operation; false where there is none. */
    boolean enter() {
        if (running.incrementAndGet() <= max) {
            return true;
        }
        running.decrementAndGet();
        return false;
    }

    /** Gives the place back. */
    void leave() {
        if (running.decrementAndGet() == 0 && ending) {
            close();
        }
    }

    void add(String id, UnsubscribableFlux<?> stream) {
        streams.put(id, stream);
    }

    void remove(String id) {
        streams.remove(id);
    }

    /** The client wants no more of an operation. */
    void unsubscribe(String id) {
        @Nullable UnsubscribableFlux<?> stream = streams.remove(id);
        if (stream != null) {
            stream.unsubscribe();
        }
    }

    /** Closes as soon as nothing runs. */
    void endWhenIdle() {
        ending = true;
        if (running.get() == 0) {
            close();
        }
    }

    private void close() {
        session.close(RESTART).onErrorComplete().subscribe();
    }
}
