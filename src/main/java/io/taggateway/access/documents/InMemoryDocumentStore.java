package io.taggateway.access.documents;

import reactor.core.publisher.Mono;

/** The documents that were registered with this process. */
final class InMemoryDocumentStore implements DocumentStore {

    private final DocumentCache<String> texts = new DocumentCache<>();

    @Override
    public Mono<String> find(DocumentHash hash) {
        return Mono.justOrEmpty(texts.find(hash));
    }

    @Override
    public Mono<Void> register(DocumentHash hash, String text) {
        return Mono.fromRunnable(() -> texts.keep(hash, text.length(), text));
    }
}
