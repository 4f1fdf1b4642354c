package io.taggateway.access.streaming;

import io.micrometer.context.ContextSnapshotFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
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
