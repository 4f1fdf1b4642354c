package io.taggateway.access.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Events that begin with a comment. The server sends no status before there is something to send, and clients would not
 * know that they are heard until the first event or sign of life.
 */
record OpenedStream(ServerResponse events) implements ServerResponse {

    @Override
    public HttpStatusCode statusCode() {
        return events.statusCode();
    }

    @Override
    public HttpHeaders headers() {
        return events.headers();
    }

    @Override
    public MultiValueMap<String, ResponseCookie> cookies() {
        return events.cookies();
    }

    @Override
    public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
        return events.writeTo(
                exchange.mutate().response(new Opened(exchange.getResponse())).build(), context);
    }

    /** Sends the comment and then the rest. */
    private static final class Opened extends ServerHttpResponseDecorator {

        private static final byte[] COMMENT = ":\n\n".getBytes(US_ASCII);

        Opened(ServerHttpResponse response) {
            super(response);
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            Mono<DataBuffer> comment = Mono.fromSupplier(() -> bufferFactory().wrap(COMMENT));
            return super.writeAndFlushWith(Flux.concat(Mono.just(comment), body));
        }
    }
}
