package io.taggateway.access.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import graphql.ExecutionResult;
import io.taggateway.access.limits.ResponseSerializer;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.api.SubscriptionProperties;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;

/**
 * Executes operations, including queries, and sends their results as server-sent events, one operation for each
 * connection.
 */
@Component
public final class EventStreamWriter {

    private static final MediaType TYPE = new MediaType(MediaType.TEXT_EVENT_STREAM, UTF_8);

    /** A comment, which is sent first, so that clients receive the head of the response, and then as a keep-alive. */
    private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

    private static final byte[] NEXT = "event:next\ndata:".getBytes(UTF_8);
    private static final byte[] END = "\n\n".getBytes(UTF_8);
    private static final byte[] COMPLETE = "event:complete\ndata:{}\n\n".getBytes(UTF_8);

    private final WebGraphQlHandler graphQl;
    private final ConnectionLimiter limiter;
    private final ResponseSerializer serializer;
    private final Duration keepAlive;
    private final Clock clock;

    EventStreamWriter(
            WebGraphQlHandler graphQl,
            ConnectionLimiter limiter,
            ResponseSerializer serializer,
            SubscriptionProperties properties,
            Clock clock) {
        this.graphQl = graphQl;
        this.limiter = limiter;
        this.serializer = serializer;
        this.keepAlive = properties.keepAlive();
        this.clock = clock;
    }

    /** Executes an operation: sends the status at once, then an event for each result. */
    public Mono<Void> write(WebGraphQlRequest request, ServerHttpResponse response) {
        return write(StreamedOperationHandler.run(graphQl, request), response);
    }

    /** Sends the events of a subscription, and cancels it when the client disconnects. */
    public Mono<Void> write(WebGraphQlResponse subscription, ServerHttpResponse response) {
        AtomicBoolean begun = new AtomicBoolean();
        Mono<WebGraphQlResponse> once = Mono.fromSupplier(() -> {
            begun.set(true);
            return subscription;
        });
        return write(StreamedOperationHandler.of(once), response).doFinally(signal -> {
            if (!begun.get()) {
                StreamedOperationHandler.of(once).subscribe().dispose();
            }
        });
    }

    private Mono<Void> write(Flux<ExecutionResult> results, ServerHttpResponse response) {
        response.getHeaders().setContentType(TYPE);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        Flux<byte[]> events = limiter.open(
                        permit -> whileAuthenticated(results),
                        () -> StreamedOperationHandler.refusal("Too many connections are open."))
                .map(ExecutionResult::toSpecification)
                .onErrorResume(SubscriptionPublisherException.class, end -> Mono.just(end.toMap()))
                .map(result -> FatalErrorRelay.call(() -> next(result)))
                .concatWithValues(COMPLETE);
        return response.writeAndFlushWith(Flux.concat(Mono.just(COMMENT), kept(events))
                .takeUntilOther(closing(response))
                .map(bytes -> Mono.just(response.bufferFactory().wrap(bytes))));
    }

    private Flux<ExecutionResult> whileAuthenticated(Flux<ExecutionResult> results) {
        return CallerAuthentication.find().singleOptional().flatMapMany(caller -> {
            if (caller.isEmpty()) {
                return results;
            }
            AtomicBoolean ended = new AtomicBoolean();
            Mono<Void> end = caller.get().end(clock).doOnSuccess(nothing -> ended.set(true));
            return results.takeUntilOther(end)
                    .concatWith(
                            Flux.defer(() -> ended.get() ? StreamedOperationHandler.unauthenticated() : Flux.empty()));
        });
    }

    /**
     * Completes when the connection is closed. The server reports the error of a failed write only after the last part,
     * which a subscription never has.
     */
    private static Mono<Void> closing(ServerHttpResponse response) {
        DisposableChannel connection = ServerHttpResponseDecorator.getNativeResponse(response);
        return connection.onDispose();
    }

    private byte[] next(Map<String, Object> result) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes(NEXT);
        List<byte[]> body = serializer.write(result);
        if (body == null) {
            return next(Map.of("errors", List.of(serializer.tooLarge().toSpecification())));
        }
        body.forEach(event::writeBytes);
        event.writeBytes(END);
        return event.toByteArray();
    }

    /** Adds a comment after each interval without an event, until the stream ends. */
    private Flux<byte[]> kept(Flux<byte[]> events) {
        return Flux.defer(() -> {
            AtomicBoolean sent = new AtomicBoolean();
            Flux<byte[]> comments = Flux.interval(keepAlive)
                    .onBackpressureDrop()
                    .filter(tick -> !sent.getAndSet(false))
                    .map(tick -> COMMENT);
            return events.doOnNext(event -> sent.set(true))
                    .mergeWith(comments)
                    .takeUntil(bytes -> Arrays.equals(bytes, COMPLETE));
        });
    }
}
