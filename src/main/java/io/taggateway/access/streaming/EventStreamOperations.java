package io.taggateway.access.streaming;

import graphql.ExecutionResult;
import io.micrometer.context.ContextSnapshotFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The operations of server-sent events, one a connection: not too many at once, and queries as well. */
final class EventStreamOperations implements WebGraphQlHandler {

    private final WebGraphQlHandler handler;
    private final OpenStreams streams;

    EventStreamOperations(WebGraphQlHandler handler, OpenStreams streams) {
        this.handler = handler;
        this.streams = streams;
    }

    @Override
    public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
        Flux<ExecutionResult> answer = Flux.defer(() -> streams.enter()
                ? StreamedAnswers.run(handler, request).doFinally(signal -> streams.leave())
                : StreamedAnswers.refusal("Too many connections wait for events."));
        return Mono.just(StreamedAnswers.answer(request, answer));
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
