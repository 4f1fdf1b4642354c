package io.taggateway.cluster.state;

import io.lettuce.core.SetArgs;
import io.taggateway.access.documents.DocumentHash;
import io.taggateway.access.documents.DocumentStore;
import io.taggateway.cluster.redis.RedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Stores registered documents in Redis and in memory. While Redis is not available, only documents that were registered
 * at this replica are found. A text from Redis is accepted only if it has the requested hash.
 */
final class RedisDocumentStore implements DocumentStore {

    private static final Duration RETENTION = Duration.ofDays(1);

    private final RedisConnection redis;
    private final DocumentStore local;

    RedisDocumentStore(RedisConnection redis, DocumentStore local) {
        this.redis = redis;
        this.local = local;
    }

    @Override
    public Mono<String> find(DocumentHash hash) {
        return local.find(hash).switchIfEmpty(Mono.defer(() -> findShared(hash)));
    }

    private Mono<String> findShared(DocumentHash hash) {
        return redis.command(commands -> commands.get(key(hash)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> hash.equals(DocumentHash.of(text)))
                .flatMap(text -> local.register(hash, text).thenReturn(text))
                .onErrorComplete(Exception.class);
    }

    @Override
    public Mono<Void> register(DocumentHash hash, String text) {
        return local.register(hash, text)
                .then(redis.command(commands ->
                        commands.set(key(hash), text.getBytes(StandardCharsets.UTF_8), SetArgs.Builder.ex(RETENTION))))
                .onErrorComplete(Exception.class)
                .then();
    }

    private String key(DocumentHash hash) {
        return redis.key("document:" + hash.hex());
    }
}
