package io.taggateway.access.streaming;

import graphql.ExecutionResult;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One WebSocket with the operations that run on it. */
final class WebSocketConnection {

    /** Clients connect again, as another gateway or this one will be there soon. */
    private static final CloseStatus RESTART = new CloseStatus(1012, "Service restart");

    private final WebSocketSession session;
    private final int max;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, Sinks.Empty<Void>> operations = new ConcurrentHashMap<>();
    private volatile boolean closing;

    WebSocketConnection(WebSocketSession session, int max) {
        this.session = session;
        this.max = max;
    }

    /** The connection of a session that was opened for it. */
    static WebSocketConnection of(WebSocketSessionInfo session) {
        return (WebSocketConnection)
                Objects.requireNonNull(session.getAttributes().get(WebSocketConnection.class.getName()));
    }

    WebSocketSession session() {
        return session;
    }

    /** Runs an operation until it ends or its client completes it, unless too many run already. */
    Flux<ExecutionResult> run(String id, Flux<ExecutionResult> operation) {
        return Flux.defer(() -> {
            if (running.incrementAndGet() > max) {
                leave();
                return StreamedAnswers.refusal("Too many operations run on this connection.");
            }
            Sinks.Empty<Void> completion = Sinks.empty();
            operations.put(id, completion);
            return operation.takeUntilOther(completion.asMono()).doFinally(signal -> {
                operations.remove(id, completion);
                leave();
            });
        });
    }

    /** Ends the operation of an id, as its client wants no more of it. */
    void complete(String id) {
        Sinks.Empty<Void> completion = operations.remove(id);
        if (completion != null) {
            completion.tryEmitEmpty();
        }
    }

    /** Closes as soon as no operation runs. */
    void closeWhenIdle() {
        closing = true;
        if (running.get() == 0) {
            close();
        }
    }

    private void leave() {
        if (running.decrementAndGet() == 0 && closing) {
            close();
        }
    }

    private void close() {
        session.close(RESTART).onErrorComplete().subscribe();
    }
}
