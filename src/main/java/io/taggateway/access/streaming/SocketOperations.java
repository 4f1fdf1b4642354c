package io.taggateway.access.streaming;

import graphql.ExecutionResult;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Map;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operations of WebSockets: not too many on one, and the failure of one costs no other. All answers are streams, so
 * that each has an id that is taken while it runs.
 */
final class SocketOperations implements WebGraphQlHandler {

    private final WebGraphQlHandler handler;

    SocketOperations(WebGraphQlHandler handler) {
        this.handler = handler;
    }

    @Override
    public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
        if (!(request instanceof WebSocketGraphQlRequest operation)) {
            return handler.handleRequest(request);
        }
        String id = operation.getId();
        OpenSocket socket = OpenSocket.of(operation.getSessionInfo());
        Flux<ExecutionResult> answer = Flux.defer(() -> socket.enter()
                ? StreamedAnswers.run(handler, request).doFinally(signal -> socket.leave())
                : StreamedAnswers.refusal("Too many operations run on this connection."));
        UnsubscribableFlux<ExecutionResult> stream =
                new UnsubscribableFlux<>(answer.doOnTerminate(() -> socket.remove(id)));
        return Mono.just(StreamedAnswers.answer(request, stream.doOnSubscribe(subscription -> socket.add(id, stream))));
    }

    @Override
    public ContextSnapshotFactory contextSnapshotFactory() {
        return handler.contextSnapshotFactory();
    }

    @Override
    public WebSocketGraphQlInterceptor getWebSocketInterceptor() {
        return new Unsubscriptions(handler.getWebSocketInterceptor());
    }

    /** Completes what clients have unsubscribed from. */
    private record Unsubscriptions(WebSocketGraphQlInterceptor others) implements WebSocketGraphQlInterceptor {

        @Override
        public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
            return others.handleConnectionInitialization(session, payload);
        }

        @Override
        public Mono<Void> handleCancelledSubscription(WebSocketSessionInfo session, String id) {
            return others.handleCancelledSubscription(session, id)
                    .then(Mono.fromRunnable(() -> OpenSocket.of(session).unsubscribe(id)));
        }

        @Override
        public void handleConnectionClosed(WebSocketSessionInfo session, int status, Map<String, Object> payload) {
            others.handleConnectionClosed(session, status, payload);
        }
    }
}
