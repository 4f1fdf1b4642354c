package io.taggateway.access.streaming;

import graphql.ExecutionResult;
import io.taggateway.access.security.CallerAuthentication;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.graphql.server.support.GraphQlWebSocketMessageType;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One WebSocket with its running operations. It closes the socket with a code at the first invalid message, as Spring
 * for GraphQL fails at such messages, and after a failure the server closes the socket without a code.
 */
final class WebSocketConnection extends AbstractWebSocketSession<WebSocketSession> {

    private static final CloseStatus INVALID = new CloseStatus(4400, "Invalid message");

    /** Clients connect again, as another gateway or this one will be available soon. */
    private static final CloseStatus RESTART = new CloseStatus(1012, "Service restart");

    private static final CloseStatus UNAUTHORIZED = new CloseStatus(4401, "Unauthorized");
    private static final CloseStatus FORBIDDEN = new CloseStatus(4403, "Forbidden");

    private final int max;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, Sinks.Empty<Void>> operations = new ConcurrentHashMap<>();
    private final Disposable.Swap credentialEnd = Disposables.swap();
    private volatile @Nullable CallerAuthentication caller;
    private volatile boolean closing;

    WebSocketConnection(WebSocketSession session, int max) {
        super(session, session.getId(), session.getHandshakeInfo(), session.bufferFactory());
        this.max = max;
        getAttributes().put(WebSocketConnection.class.getName(), this);
    }

    /** The connection with an operation's session. */
    static WebSocketConnection of(WebSocketSessionInfo session) {
        return (WebSocketConnection)
                Objects.requireNonNull(session.getAttributes().get(WebSocketConnection.class.getName()));
    }

    /** Sets the caller. The connection is closed when the caller's credential ends. */
    void authenticate(CallerAuthentication authentication, Mono<Void> end) {
        caller = authentication;
        credentialEnd.update(end.subscribe(nothing -> {}, error -> {}, () -> closeNow(UNAUTHORIZED)));
    }

    /**
     * The caller, which is set before the first operation.
     *
     * @throws IllegalStateException if it is not set
     */
    CallerAuthentication caller() {
        CallerAuthentication known = caller;
        if (known == null) {
            throw new IllegalStateException("No caller of this WebSocket");
        }
        return known;
    }

    /** Closes the connection of a caller without access. */
    void closeForbidden() {
        closeNow(FORBIDDEN);
    }

    /** Stops waiting for the end of the credential, as the connection is closed. */
    void release() {
        credentialEnd.dispose();
    }

    /** Executes an operation until it ends or its client completes it, unless too many are running. */
    Flux<ExecutionResult> run(String id, Flux<ExecutionResult> operation) {
        return Flux.defer(() -> {
            if (running.incrementAndGet() > max) {
                leave();
                return StreamedOperationHandler.refusal("Too many operations run on this connection.");
            }
            Sinks.Empty<Void> completion = Sinks.empty();
            operations.put(id, completion);
            return operation.takeUntilOther(completion.asMono()).doFinally(signal -> {
                operations.remove(id, completion);
                leave();
            });
        });
    }

    /** Ends the operation with an id, as its client has completed it. */
    void complete(String id) {
        Sinks.Empty<Void> completion = operations.remove(id);
        if (completion != null) {
            completion.tryEmitEmpty();
        }
    }

    /** Closes the connection as soon as no operation is running. */
    void closeWhenIdle() {
        closing = true;
        if (running.get() == 0) {
            closeNow(RESTART);
        }
    }

    private void leave() {
        if (running.decrementAndGet() == 0 && closing) {
            closeNow(RESTART);
        }
    }

    private void closeNow(CloseStatus status) {
        close(status).onErrorComplete().subscribe();
    }

    @Override
    public Flux<WebSocketMessage> receive() {
        AtomicBoolean refused = new AtomicBoolean();
        return getDelegate().receive().mapNotNull(message -> switch (message.getType()) {
            case PING, PONG -> null;
            case BINARY -> refuse(refused);
            case TEXT -> refused.get() ? null : read(message, refused);
        });
    }

    /**
     * Ends operations before Spring for GraphQL reads their {@code complete}. It would cancel them inside its own
     * chain, which would then never end and occupy one of its limited concurrent chains.
     */
    private @Nullable WebSocketMessage read(WebSocketMessage text, AtomicBoolean refused) {
        ClientMessage message = ClientMessage.read(text.getPayload());
        if (message == null) {
            return refuse(refused);
        }
        String id = message.content().getId();
        if (id != null && message.content().resolvedType() == GraphQlWebSocketMessageType.COMPLETE) {
            complete(id);
        }
        return new WebSocketMessage(WebSocketMessage.Type.TEXT, message);
    }

    private @Nullable WebSocketMessage refuse(AtomicBoolean refused) {
        if (refused.compareAndSet(false, true)) {
            closeNow(INVALID);
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
