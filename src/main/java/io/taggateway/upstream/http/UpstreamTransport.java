package io.taggateway.upstream.http;

import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Sends requests over HTTP and reads the bytes of their responses, whatever type these claim to have.
 *
 * @param pooled keeps connections
 * @param unpooled opens one for each request
 * @param maxSize of a response's body, in bytes
 */
record UpstreamTransport(WebClient pooled, WebClient unpooled, int maxSize) {

    /** Where Spring's observation of the request looks for it, as it knows only of templates that it expands itself. */
    private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

    private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(UpstreamTransport.class, "used");

    /**
     * The response to a request. A request that may be repeated is sent on a new connection where a kept one was closed
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
        return Mono.defer(() -> {
            Sending sending = new Sending(request, onSent);
            return sending.on(request.anew() ? unpooled : pooled)
                    .onErrorResume(
                            error -> request.repeatable() && sending.wasOnDeadConnection(error),
                            error -> new Sending(request, onSent).on(unpooled));
        });
    }

    /**
     * A request.
     *
     * @param template the path with the names of its variables, for metrics
     * @param body a form, or what is written as JSON; null for none
     * @param repeatable whether it may be sent again where its response is lost
     * @param anew whether it needs a new connection
     */
    record Request(
            HttpMethod method,
            String template,
            URI uri,
            Consumer<HttpHeaders> headers,
            @Nullable Object body,
            boolean repeatable,
            boolean anew) {

        private Request at(URI target) {
            return new Request(method, template, target, headers, body, repeatable, anew);
        }
    }

    /** One request on one connection. */
    private final class Sending {

        private final Request request;
        private final Runnable onSent;
        private @Nullable Connection connection;
        private boolean reused;
        private boolean responded;

        Sending(Request request, Runnable onSent) {
            this.request = request;
            this.onSent = onSent;
        }

        Mono<UpstreamResponse> on(WebClient client) {
            WebClient.RequestBodySpec spec = client.method(request.method())
                    .uri(request.uri())
                    .attribute(URI_TEMPLATE, request.template())
                    .headers(request.headers());
            return (request.body() == null ? spec : body(spec, request.body()))
                    .httpRequest(this::sent)
                    .exchangeToMono(this::read);
        }

        boolean wasOnDeadConnection(Throwable error) {
            boolean closed = false;
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                closed |= cause instanceof IOException;
            }
            return closed && reused && !responded;
        }

        /** A form, or what is written as JSON. */
        private static WebClient.RequestHeadersSpec<?> body(WebClient.RequestBodySpec spec, Object body) {
            return body instanceof BodyInserters.FormInserter<?> form
                    ? spec.body(form)
                    : spec.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }

        private void sent(ClientHttpRequest written) {
            if (written.getNativeRequest() instanceof Connection used) {
                connection = used;
                reused = used.channel().attr(USED).getAndSet(true) != null;
            }
            onSent.run();
        }

        private Mono<UpstreamResponse> read(ClientResponse response) {
            responded = true;
            int status = response.statusCode().value();
            HttpHeaders headers = response.headers().asHttpHeaders();
            if (!response.statusCode().is2xxSuccessful()) {
                return response.releaseBody()
                        .onErrorComplete()
                        .thenReturn(new UpstreamResponse(status, headers, null, this::close));
            }
            return DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers()), maxSize)
                    .map(Sending::bytes)
                    .defaultIfEmpty(new byte[0])
                    .map(body ->
                            new UpstreamResponse(status, headers, UpstreamResponse.parse(headers, body), this::close));
        }

        private void close() {
            if (connection != null) {
                connection.dispose();
            }
        }

        private static byte[] bytes(DataBuffer buffer) {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            DataBufferUtils.release(buffer);
            return bytes;
        }
    }
}
