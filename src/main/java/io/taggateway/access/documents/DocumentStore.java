package io.taggateway.access.documents;

import reactor.core.publisher.Mono;

/** The texts of documents that clients registered, which they may ask for by the hash alone. */
interface DocumentStore {

    /** The text of a document; empty where it is not registered, or no longer. */
    Mono<String> find(DocumentHash hash);

    /** Registers a valid document, unless it is too long; once more changes nothing. */
    Mono<Void> register(DocumentHash hash, String text);

    /** The documents that were registered with this process. */
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
