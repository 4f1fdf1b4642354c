package io.taggateway.access.documents;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.documents.DocumentsProperties.ManifestMode;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the document of a request: either its text, or the document whose hash or id is in
 * {@code extensions.persistedQuery}, as in Apollo's protocol. A text is parsed only if it may be executed and is not
 * cached.
 */
final class RequestedDocumentProvider implements PreparsedDocumentProvider {

    private final DocumentsProperties properties;
    private final Supplier<TrustedDocumentIndex> trusted;
    private final UnlistedDocumentLog unlisted;
    private final DocumentCache<String, Document> documents = new DocumentCache<>();
    private final DocumentCache<DocumentHash, String> texts = new DocumentCache<>();
    private final DocumentStore registered;
    private final MeterRegistry meters;

    RequestedDocumentProvider(
            DocumentsProperties properties,
            Supplier<TrustedDocumentIndex> trusted,
            DocumentStore registered,
            MeterRegistry meters) {
        this.properties = properties;
        this.trusted = trusted;
        this.unlisted = new UnlistedDocumentLog(properties.mode(), meters);
        this.registered = registered;
        this.meters = meters;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        Object extension = input.getExtensions().get("persistedQuery");
        if (extension == null) {
            return sent(input, null, parser);
        }
        if (!(extension instanceof Map<?, ?> members) || !Integer.valueOf(1).equals(members.get("version"))) {
            return refused(Refusal.OTHER_VERSION);
        }
        if (!(members.get("sha256Hash") instanceof String id)) {
            return refused(Refusal.NO_HASH);
        }
        return input.getQuery().equals(PersistedQuerySupport.PERSISTED_QUERY_MARKER)
                ? named(input, id, parser)
                : sent(input, id, parser);
    }

    /** The document of an id or a hash. */
    private CompletableFuture<PreparsedDocumentEntry> named(
            ExecutionInput input, String id, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        PreparsedDocumentEntry listed = trusted.get().find(id);
        unlisted.count(listed != null);
        if (listed != null) {
            return CompletableFuture.completedFuture(listed);
        }
        if (isEnforced()) {
            return refused(Refusal.NOT_IN_LIST);
        }
        DocumentHash hash = DocumentHash.parse(id);
        if (hash == null || !properties.apq().enabled()) {
            return refused(hash == null ? Refusal.NO_HASH : Refusal.NOT_SUPPORTED);
        }
        return Mono.justOrEmpty(texts.find(hash))
                .switchIfEmpty(Mono.defer(() -> registered.find(hash)))
                .map(text -> parsed(hash, input.transform(builder -> builder.query(text)), parser))
                .doOnSuccess(known -> countRegistered(known != null))
                .doOnNext(known -> unlisted.log(hash, known))
                .toFuture()
                .thenApply(known -> known == null ? Refusal.NOT_FOUND.entry() : known);
    }

    /** The document of a text. If the request has a hash too, it must be that of the text. */
    private CompletableFuture<PreparsedDocumentEntry> sent(
            ExecutionInput input, @Nullable String id, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        Document document = find(input.getQuery());
        if (document == null) {
            return refused(Refusal.NO_UNICODE);
        }
        DocumentHash hash = document.hash;
        if (id != null && !trusted.get().isNamed(hash, id) && !hash.equals(DocumentHash.parse(id))) {
            return refused(DocumentHash.parse(id) == null ? Refusal.NO_HASH : Refusal.OTHER_HASH);
        }
        unlisted.count(document.listed);
        if (!document.listed && isEnforced()) {
            return refused(Refusal.NOT_IN_LIST);
        }
        PreparsedDocumentEntry entry = document.entry == null ? parse(hash, input, parser) : document.entry;
        if (document.listed) {
            return CompletableFuture.completedFuture(entry);
        }
        unlisted.log(hash, entry);
        return id == null || entry.hasErrors()
                ? CompletableFuture.completedFuture(entry)
                : registered.register(hash, input.getQuery()).toFuture().thenApply(done -> entry);
    }

    /** The document of a text; null if the text is not Unicode. The hash is computed once for a cached document. */
    private @Nullable Document find(String text) {
        Document known = documents.find(text);
        DocumentHash hash = known == null ? DocumentHash.of(text) : known.hash;
        if (known != null || hash == null) {
            return known;
        }
        PreparsedDocumentEntry listed = trusted.get().find(hash);
        Document found = new Document(hash, listed, listed != null);
        if (found.listed) {
            documents.keep(text, text.length(), found);
        }
        return found;
    }

    private PreparsedDocumentEntry parsed(
            DocumentHash hash, ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        Document known = documents.find(input.getQuery());
        return known == null || known.entry == null ? parse(hash, input, parser) : known.entry;
    }

    private PreparsedDocumentEntry parse(
            DocumentHash hash, ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        PreparsedDocumentEntry entry = parser.apply(input);
        if (!entry.hasErrors()) {
            String text = input.getQuery();
            documents.keep(text, text.length(), new Document(hash, entry, false));
            texts.keep(hash, text.length(), text);
        }
        return entry;
    }

    private static CompletableFuture<PreparsedDocumentEntry> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(refusal.entry());
    }

    private boolean isEnforced() {
        return properties.mode() == ManifestMode.ENFORCE;
    }

    private void countRegistered(boolean known) {
        meters.counter("taggateway.persisted.queries", "outcome", known ? "hit" : "miss")
                .increment();
    }

    /**
     * A document that was requested by its text.
     *
     * @param entry the parsed document; null if it has to be parsed
     * @param listed whether it is in the manifest
     */
    private record Document(DocumentHash hash, @Nullable PreparsedDocumentEntry entry, boolean listed) {}

    /** Reasons why a document is not executed. Apollo's clients compare some of the messages. */
    private enum Refusal {
        /** No document is registered for this hash, so the client must send it. */
        NOT_FOUND(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound"),
        /** Documents cannot be registered, so the client must send each one. */
        NOT_SUPPORTED(ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported"),
        NOT_IN_LIST(
                ErrorCode.PERSISTED_QUERY_NOT_IN_LIST,
                "Only documents of the manifest are executed, and this one is not in it."),
        OTHER_HASH(
                ErrorCode.PERSISTED_QUERY_HASH_MISMATCH,
                "`extensions.persistedQuery.sha256Hash` is not the SHA-256 of the document."),
        NO_HASH(
                ErrorCode.BAD_REQUEST,
                "`extensions.persistedQuery.sha256Hash` must be a SHA-256: 64 hexadecimal digits."),
        OTHER_VERSION(ErrorCode.BAD_REQUEST, "`extensions.persistedQuery` must be an object with `version` 1."),
        NO_UNICODE(ErrorCode.BAD_REQUEST, "The document must be Unicode, but contains an unpaired surrogate.");

        private final ErrorCode code;
        private final String message;

        Refusal(ErrorCode code, String message) {
            this.code = code;
            this.message = message;
        }

        /** The error that the engine returns instead of executing the document. */
        PreparsedDocumentEntry entry() {
            return new PreparsedDocumentEntry(ErrorRenderer.of(code, message, false));
        }
    }
}
