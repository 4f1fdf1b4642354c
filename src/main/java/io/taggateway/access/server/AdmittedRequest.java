package io.taggateway.access.server;

import io.taggateway.access.quota.RateLimitExceededException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request that was admitted and counted before Spring dispatches it, so that its filters do neither again. Its
 * content may have been read.
 */
public final class AdmittedRequest extends ServerHttpRequestDecorator {

    private final @Nullable RateLimitExceededException refusal;
    private volatile @Nullable Mono<byte[]> content;

    AdmittedRequest(ServerHttpRequest request, @Nullable RateLimitExceededException refusal) {
        super(request);
        this.refusal = refusal;
    }

    /** Why the request is to be refused, as its address sends too many; null if it is not. */
    public @Nullable RateLimitExceededException refusal() {
        return refusal;
    }

    /** What was read; null if nothing was. */
    public @Nullable Mono<byte[]> content() {
        return content;
    }

    /**
     * Hands on what was read.
     *
     * @param read the content that is the request's from now on, or the error that it is to be refused by
     */
    public void handOn(Mono<byte[]> read) {
        content = read;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        Mono<byte[]> read = content;
        return read == null
                ? super.getBody()
                : read.<DataBuffer>map(DefaultDataBufferFactory.sharedInstance::wrap)
                        .flux();
    }
}
