package io.taggateway.access.server;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** A chunked request whose body fails with a {@link MalformedBodyException} if one of its chunks is malformed. */
final class MalformedBodyCheck extends ServerHttpRequestDecorator {

    private MalformedBodyCheck(ServerHttpRequest request) {
        super(request);
    }

    /** Checks the chunked requests that a handler receives. */
    static HttpHandler before(HttpHandler handler) {
        return (request, response) -> handler.handle(
                request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)
                        ? new MalformedBodyCheck(request)
                        : request,
                response);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody().concatWith(Mono.defer(this::end));
    }

    private Mono<DataBuffer> end() {
        HttpServerRequest received = getNativeRequest(getDelegate());
        Connection connection = getNativeRequest(getDelegate());
        return MalformedBodyHandler.isMalformed(connection.channel(), received.requestHeaders())
                ? Mono.error(new MalformedBodyException())
                : Mono.empty();
    }
}
