package io.taggateway.access.server;

import io.taggateway.access.quota.RateLimitExceededException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request that was admitted and counted before Spring dispatches it, so that the filters skip both. Its content may
 * have been read.
 */
public final class AdmittedRequest extends ServerHttpRequestDecorator {

    private final @Nullable RateLimitExceededException refusal;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>(2);
    private volatile @Nullable Mono<byte[]> content;

    AdmittedRequest(ServerHttpRequest request, @Nullable RateLimitExceededException refusal) {
        super(request);
        this.refusal = refusal;
    }

    /** The rejection of the request if its address sends too many; null if there is none. */
    public @Nullable RateLimitExceededException refusal() {
        return refusal;
    }

    /** The content that was read; null if none was. */
    public @Nullable Mono<byte[]> content() {
        return content;
    }

    /**
     * Passes on the content that was read.
     *
     * @param read the content, which replaces that of the request, or the error with which the request is refused
     */
    public void passOn(Mono<byte[]> read) {
        content = read;
    }

    /** The attributes of the exchange, which a request has only after its dispatch. */
    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
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
