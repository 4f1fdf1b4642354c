package io.taggateway.upstream.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AttributeKey;
import io.taggateway.tagging.operation.TimeLimit;
import io.taggateway.upstream.telemetry.UpstreamMeter;
import io.taggateway.upstream.telemetry.UpstreamMeter.Measurement;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Sends requests over HTTP and reads the bytes of their responses, whatever their content type.
 *
 * @param pooled keeps connections
 * @param unpooled opens one for each request
 * @param meter measures requests
 * @param name of the vendor, in measurements
 * @param maxSize of a response's body, in bytes
 * @param timeLimit limits the time of an attempt
 * @param closed whether the account is closed. Nothing is sent then, as Reactor Netty would create another pool, which
 *     would not be closed
 */
record UpstreamTransport(
        HttpClient pooled,
        HttpClient unpooled,
        UpstreamMeter meter,
        String name,
        int maxSize,
        TimeLimit timeLimit,
        BooleanSupplier closed) {

    private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(UpstreamTransport.class, "used");

    /**
     * The response to a request. A request that may be repeated is sent on a new connection if a pooled one was closed
     * without a response (RFC 9112 §9.3.1), and a GET follows one redirect to the same origin.
     *
     * @param onSent runs each time that the request is written
     */
    Mono<UpstreamResponse> send(Request request, Runnable onSent) {
        return sendOnce(request, onSent).flatMap(response -> {
            URI target = request.method().equals(HttpMethod.GET) ? response.sameOriginRedirect(request.uri()) : null;
            return target == null ? Mono.just(response) : sendOnce(request.at(target), onSent);
        });
    }

    private Mono<UpstreamResponse> sendOnce(Request request, Runnable onSent) {
        return Mono.deferContextual(context -> {
            if (closed.getAsBoolean()) {
                return Mono.error(new IOException("The account is closed"));
            }
            SendAttempt sendAttempt = new SendAttempt(request, onSent, begin(request, context));
            return sendAttempt
                    .on(request.onNewConnection() ? unpooled : pooled)
                    .onErrorResume(
                            error -> request.repeatable() && sendAttempt.wasOnClosedConnection(error),
                            error -> new SendAttempt(request, onSent, begin(request, context)).on(unpooled));
        });
    }

    private Measurement begin(Request request, ContextView context) {
        return meter.begin(new UpstreamMeter.Request(name, request.method, request.template, request.uri), context);
    }

    /**
     * A request.
     *
     * @param template the path with the names of its variables, for metrics
     * @param credentials a header; null for none
     * @param body null for none
     * @param repeatable whether it may be sent again if its response is lost
     * @param onNewConnection whether it needs a new connection
     */
    record Request(
            HttpMethod method,
            String template,
            URI uri,
            Credentials.@Nullable Header credentials,
            UpstreamRequest.@Nullable Body body,
            boolean repeatable,
            boolean onNewConnection) {

        private Request at(URI target) {
            return new Request(method, template, target, credentials, body, repeatable, onNewConnection);
        }
    }

    /** One request on one connection. */
    private final class SendAttempt {

        private final Request request;
        private final Runnable onSent;
        private final Measurement measured;
        private @Nullable Connection connection;
        private boolean reused;
        private boolean responded;

        SendAttempt(Request request, Runnable onSent, Measurement measured) {
            this.request = request;
            this.onSent = onSent;
            this.measured = measured;
        }

        Mono<UpstreamResponse> on(HttpClient client) {
            return client.request(io.netty.handler.codec.http.HttpMethod.valueOf(
                            request.method().name()))
                    .uri(request.uri())
                    .send(this::write)
                    .response(this::read)
                    .single()
                    .doOnError(measured::failed)
                    .doOnCancel(measured::end)
                    // Without the context, which the client does not need and would copy several times
                    .contextWrite(context -> Context.empty());
        }

        boolean wasOnClosedConnection(Throwable error) {
            boolean closed = false;
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                closed |= cause instanceof IOException;
            }
            return closed && reused && !responded;
        }

        private Publisher<Void> write(HttpClientRequest head, NettyOutbound outbound) {
            if (head instanceof Connection used) {
                connection = used;
                reused = used.channel().attr(USED).getAndSet(true) != null;
            }
            onSent.run();
            head.requestHeaders().set(HttpHeaderNames.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
            if (request.credentials() != null) {
                head.requestHeaders()
                        .set(request.credentials().name(), request.credentials().value());
            }
            head.requestHeaders().add(measured.traceHeaders());
            UpstreamRequest.Body body = request.body();
            if (body == null) {
                return Mono.empty();
            }
            byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
            head.requestHeaders().set(HttpHeaderNames.CONTENT_TYPE, body.type());
            head.requestHeaders().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
            return outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes)));
        }

        private Mono<UpstreamResponse> read(HttpClientResponse head, ByteBufFlux content) {
            responded = true;
            int status = head.status().code();
            measured.responded(status);
            HttpHeaders headers = new HttpHeaders(new Netty4HeadersAdapter(head.responseHeaders()));
            if (status < 200 || status >= 300) {
                return content.then()
                        .onErrorComplete()
                        .thenReturn(new UpstreamResponse(status, headers, null, this::close));
            }
            return content.collect(Unpooled::buffer, this::append)
                    .map(body -> new UpstreamResponse(
                            status, headers, UpstreamResponse.parse(headers, ByteBufUtil.getBytes(body)), this::close));
        }

        private void append(ByteBuf body, ByteBuf piece) {
            if (body.readableBytes() + piece.readableBytes() > maxSize) {
                throw new DataBufferLimitException("Exceeded limit on max bytes to buffer : " + maxSize);
            }
            body.writeBytes(piece);
        }

        private void close() {
            if (connection != null) {
                connection.dispose();
            }
        }
    }
}
