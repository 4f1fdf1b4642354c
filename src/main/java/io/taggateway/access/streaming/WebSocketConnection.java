package io.taggateway.access.streaming;

import graphql.ExecutionResult;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
 * One WebSocket with its running operations. It closes the socket with a status at the first invalid message. Spring
 * for GraphQL would fail at such a message, and the server would then close the socket without a status.
 */
final class WebSocketConnection extends AbstractWebSocketSession<WebSocketSession> {

    private static final CloseStatus INVALID = new CloseStatus(4400, "Invalid message");

    /** The status at shutdown, after which clients connect again to this gateway or another one. */
    private static final CloseStatus RESTART = new CloseStatus(1012, "Service restart");

    private static final CloseStatus UNAUTHORIZED = new CloseStatus(4401, "Unauthorized");
    static final CloseStatus FORBIDDEN = new CloseStatus(4403, "Forbidden");

    private final int max;
    private final Function<Caller, Mono<Boolean>> countFor;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, Sinks.Empty<Void>> operations = new ConcurrentHashMap<>();
    private final Disposable.Swap credentialEnd = Disposables.swap();
    private volatile @Nullable CallerAuthentication caller;
    private volatile boolean closing;

    /**
     * A connection whose caller is not known yet.
     *
     * @param max how many operations it may have
     * @param countFor counts it for its caller; false if the caller has too many
     */
    WebSocketConnection(WebSocketSession session, int max, Function<Caller, Mono<Boolean>> countFor) {
        super(session, session.getId(), session.getHandshakeInfo(), session.bufferFactory());
        this.max = max;
        this.countFor = countFor;
        getAttributes().put(WebSocketConnection.class.getName(), this);
    }

    /** The connection with an operation's session. */
    static WebSocketConnection of(WebSocketSessionInfo session) {
        return (WebSocketConnection)
                Objects.requireNonNull(session.getAttributes().get(WebSocketConnection.class.getName()));
    }

    /** Sets the caller, and closes this at the end of its credential; false if the caller has too many connections. */
    Mono<Boolean> authenticate(CallerAuthentication authentication, Mono<Void> end) {
        // Set before its permit is acquired, so that this is closed if its tenant is removed meanwhile
        caller = authentication;
        return countFor.apply(authentication.getPrincipal()).doOnNext(counted -> {
            if (counted) {
                credentialEnd.update(end.subscribe(nothing -> {}, error -> {}, () -> closeNow(UNAUTHORIZED)));
            }
        });
    }

    /** Whether the caller belongs to a tenant. */
    boolean isOf(Tenant tenant) {
        CallerAuthentication known = caller;
        return known != null && Tenant.of(known.getPrincipal().tenant()).equals(tenant);
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

    /** Closes this, unless it is closed already. */
    void closeNow(CloseStatus status) {
        close(status).onErrorComplete().subscribe();
    }

    @Override
    public Flux<WebSocketMessage> receive() {
        AtomicBoolean refused = new AtomicBoolean();
        return getDelegate().receive().mapNotNull(message -> switch (message.getType()) {
            case PING, PONG -> null;
            case BINARY -> refuse(refused, INVALID);
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
            return refuse(refused, ClientMessage.isUtf8(text.getPayload()) ? INVALID : CloseStatus.BAD_DATA);
        }
        String id = message.content().getId();
        if (id != null && message.content().resolvedType() == GraphQlWebSocketMessageType.COMPLETE) {
            complete(id);
        }
        return new WebSocketMessage(WebSocketMessage.Type.TEXT, message);
    }

    private @Nullable WebSocketMessage refuse(AtomicBoolean refused, CloseStatus status) {
        if (refused.compareAndSet(false, true)) {
            closeNow(status);
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
