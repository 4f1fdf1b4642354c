package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Tests of the end of operations on a WebSocket, and of its close. */
class WebSocketConnectionTests {

    private final AtomicInteger ends = new AtomicInteger();
    private final Sinks.Many<ExecutionResult> source = Sinks.many().unicast().onBackpressureBuffer();
    private final ClosedSession session = new ClosedSession();
    private final WebSocketConnection connection = new WebSocketConnection(session, 1, caller -> Mono.just(true));

    @Test
    void operationIsCancelledWhenItsClientCompletesIt() {
        listen("1", source.asFlux());
        connection.complete("2");
        assertThat(ends).hasValue(0);
        connection.complete("1");
        assertThat(ends).hasValue(1);
        assertThat(source.currentSubscriberCount()).isZero();
    }

    @Test
    void operationEndsOnlyOnce() {
        listen("1", source.asFlux());
        source.tryEmitComplete();
        connection.complete("1");
        connection.complete("1");
        assertThat(ends).hasValue(1);
    }

    @Test
    void completedOperationNoLongerCounts() {
        listen("1", source.asFlux());
        StepVerifier.create(connection.run("2", Flux.empty())).verifyError();
        connection.complete("1");
        StepVerifier.create(connection.run("2", Flux.empty())).verifyComplete();
    }

    @Test
    void connectionClosesWhenNoOperationIsRunning() {
        listen("1", source.asFlux());
        connection.closeWhenIdle();
        assertThat(session.closedWith).isEmpty();
        connection.complete("1");
        assertThat(session.closedWith).containsExactly(1012);
    }

    private void listen(String id, Flux<ExecutionResult> operation) {
        connection.run(id, operation).doOnTerminate(ends::incrementAndGet).subscribe();
    }

    /** A session that records its close status. */
    private static final class ClosedSession extends AbstractWebSocketSession<String> {

        private final List<Integer> closedWith = new ArrayList<>();

        ClosedSession() {
            super(
                    "test",
                    "1",
                    new HandshakeInfo(URI.create("ws://localhost/graphql"), new HttpHeaders(), Mono.empty(), null),
                    DefaultDataBufferFactory.sharedInstance);
        }

        @Override
        public Flux<WebSocketMessage> receive() {
            return Flux.never();
        }

        @Override
        public Mono<Void> send(Publisher<WebSocketMessage> messages) {
            return Mono.empty();
        }

        @Override
        public boolean isOpen() {
            return closedWith.isEmpty();
        }

        @Override
        public Mono<Void> close(CloseStatus status) {
            return Mono.fromRunnable(() -> closedWith.add(status.getCode()));
        }

        @Override
        public Mono<CloseStatus> closeStatus() {
            return Mono.never();
        }
    }
}
