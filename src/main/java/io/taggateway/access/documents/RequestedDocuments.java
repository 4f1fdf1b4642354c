package io.taggateway.access.documents;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.documents.DocumentsProperties.ManifestMode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the document that a request means: the one that it sends, or the one whose hash or id it sends in
 * {@code extensions.persistedQuery}, as Apollo's protocol has it. Nothing of it is parsed unless it may be run and is
 * not known yet.
 */
final class RequestedDocuments implements PreparsedDocumentProvider {

    private final DocumentsProperties properties;
    private final Supplier<TrustedDocuments> trusted;
    private final UnlistedDocuments unlisted;
    private final DocumentCache<PreparsedDocumentEntry> parsed = new DocumentCache<>();
    private final DocumentStore registered;
    private final MeterRegistry meters;

    RequestedDocuments(
            DocumentsProperties properties,
            Supplier<TrustedDocuments> trusted,
            DocumentStore registered,
            MeterRegistry meters) {
        this.properties = properties;
        this.trusted = trusted;
        this.unlisted = new UnlistedDocuments(meters);
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
            return refused(DocumentRefusal.OTHER_VERSION);
        }
        if (!(members.get("sha256Hash") instanceof String id)) {
            return refused(DocumentRefusal.NO_HASH);
        }
        return input.getQuery().equals(PersistedQuerySupport.PERSISTED_QUERY_MARKER)
                ? named(input, id, parser)
                : sent(input, id, parser);
    }

    /** The document of an id or a hash. */
    private CompletableFuture<PreparsedDocumentEntry> named(
            ExecutionInput input, String id, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        PreparsedDocumentEntry listed = trusted.get().find(id);
        count(listed != null);
        if (listed != null) {
            return CompletableFuture.completedFuture(listed);
        }
        if (isEnforced()) {
            return refused(DocumentRefusal.NOT_IN_LIST);
        }
        DocumentHash hash = DocumentHash.parse(id);
        if (hash == null || !properties.apq().enabled()) {
            return refused(hash == null ? DocumentRefusal.NO_HASH : DocumentRefusal.NOT_SUPPORTED);
        }
        return Mono.justOrEmpty(parsed.find(hash))
                .switchIfEmpty(Mono.defer(() -> registered.find(hash))
                        .map(text -> parse(hash, input.transform(builder -> builder.query(text)), parser)))
                .doOnSuccess(known -> countRegistered(known != null))
                .doOnNext(known -> log(hash, known))
                .toFuture()
                .thenApply(known -> known == null ? DocumentRefusal.NOT_FOUND.entry() : known);
    }

    /** The document of a text, which is what the request says that it is, if it says so. */
    private CompletableFuture<PreparsedDocumentEntry> sent(
            ExecutionInput input, @Nullable String id, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        DocumentHash hash = DocumentHash.of(input.getQuery());
        if (hash == null) {
            return refused(DocumentRefusal.NO_UNICODE);
        }
        PreparsedDocumentEntry listed = trusted.get().find(hash);
        if (id != null && !trusted.get().isNamed(hash, id) && !hash.equals(DocumentHash.parse(id))) {
            return refused(DocumentHash.parse(id) == null ? DocumentRefusal.NO_HASH : DocumentRefusal.OTHER_HASH);
        }
        count(listed != null);
        if (listed != null) {
            return CompletableFuture.completedFuture(listed);
        }
        if (isEnforced()) {
            return refused(DocumentRefusal.NOT_IN_LIST);
        }
        PreparsedDocumentEntry known = parsed.find(hash);
        PreparsedDocumentEntry entry = known == null ? parse(hash, input, parser) : known;
        log(hash, entry);
        return id == null || entry.hasErrors()
                ? CompletableFuture.completedFuture(entry)
                : registered.register(hash, input.getQuery()).toFuture().thenApply(done -> entry);
    }

    private PreparsedDocumentEntry parse(
            DocumentHash hash, ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        PreparsedDocumentEntry entry = parser.apply(input);
        if (!entry.hasErrors()) {
            parsed.keep(hash, input.getQuery().length(), entry);
        }
        return entry;
    }

    private static CompletableFuture<PreparsedDocumentEntry> refused(DocumentRefusal refusal) {
        return CompletableFuture.completedFuture(refusal.entry());
    }

    private boolean isEnforced() {
        return properties.mode() == ManifestMode.ENFORCE;
    }

    private void countRegistered(boolean known) {
        meters.counter("taggateway.persisted.queries", "outcome", known ? "hit" : "miss")
                .increment();
    }

    private void count(boolean listed) {
        if (properties.mode() != ManifestMode.OFF) {
            unlisted.count(listed);
        }
    }

    private void log(DocumentHash hash, PreparsedDocumentEntry entry) {
        if (properties.mode() != ManifestMode.OFF) {
            unlisted.log(hash, entry);
        }
    }
}
