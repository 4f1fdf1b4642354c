package io.taggateway.access.documents;

import reactor.core.publisher.Mono;

/** Stores the texts of documents that clients have registered, so that requests can have the hash only. */
public interface DocumentStore {

    /** The text of a document; empty if it is not registered or was evicted. */
    Mono<String> find(DocumentHash hash);

    /** Registers a valid document, unless it is too long. Registering it again has no effect. */
    Mono<Void> register(DocumentHash hash, String text);

    /** Stores registered documents in the memory of this process. */
    static DocumentStore inMemory() {
        DocumentCache<DocumentHash, String> texts = new DocumentCache<>();
        return new DocumentStore() {

            @Override
            public Mono<String> find(DocumentHash hash) {
                return Mono.justOrEmpty(texts.find(hash));
            }

            @Override
            public Mono<Void> register(DocumentHash hash, String text) {
                return Mono.fromRunnable(() -> texts.keep(hash, text.length(), text));
            }
        };
    }
}
