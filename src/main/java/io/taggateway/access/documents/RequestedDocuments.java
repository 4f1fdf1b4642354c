package io.taggateway.access.documents;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the document that a request means: the one that it sends, or the one whose hash or id it sends. Nothing of it
 * is parsed unless it may be run and is not known yet.
 */
final class RequestedDocuments implements PreparsedDocumentProvider {

    private final DocumentsProperties properties;
    private final Supplier<TrustedDocuments> trusted;
    private final UnlistedDocuments unlisted;
    private final RecentDocuments recent = new RecentDocuments();
    private final MeterRegistry meters;

    RequestedDocuments(DocumentsProperties properties, Supplier<TrustedDocuments> trusted, MeterRegistry meters) {
        this.properties = properties;
        this.trusted = trusted;
        this.unlisted = new UnlistedDocuments(meters);
        this.meters = meters;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        try {
            PersistedQuery asked = PersistedQuery.of(input);
            boolean nothingSent = input.getQuery().equals(PersistedQuerySupport.PERSISTED_QUERY_MARKER);
            return CompletableFuture.completedFuture(
                    asked != null && nothingSent ? named(asked) : sent(input, asked, parser));
        } catch (RefusedDocumentException refused) {
            return CompletableFuture.completedFuture(refused.entry());
        }
    }

    /** The document of an id or a hash. */
    private PreparsedDocumentEntry named(PersistedQuery asked) {
        TrustedDocument listed = trusted.get().find(asked.id());
        count(listed != null);
        if (listed != null) {
            return listed.entry();
        }
        refuseWhereEnforced();
        DocumentHash hash = asked.hash();
        if (!properties.apq().enabled()) {
            throw RefusedDocumentException.notSupported();
        }
        PreparsedDocumentEntry known = recent.find(hash);
        meters.counter("taggateway.persisted.queries", "outcome", known == null ? "miss" : "hit")
                .increment();
        if (known == null) {
            throw RefusedDocumentException.notFound();
        }
        tell(hash, known);
        return known;
    }

    /** The document of a text, which is what the request says that it is, if it says so. */
    private PreparsedDocumentEntry sent(
            ExecutionInput input,
            @Nullable PersistedQuery asked,
            Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        String text = input.getQuery();
        DocumentHash hash = DocumentHash.of(text);
        TrustedDocument listed = trusted.get().find(hash);
        boolean askedById = asked != null && listed != null && listed.id().equals(asked.id());
        if (asked != null && !askedById && !asked.hash().equals(hash)) {
            throw RefusedDocumentException.otherHash();
        }
        count(listed != null);
        if (listed != null) {
            return listed.entry();
        }
        refuseWhereEnforced();
        PreparsedDocumentEntry entry = recent.find(hash);
        if (entry == null) {
            entry = parser.apply(input);
            recent.keep(hash, text.length(), entry);
        }
        tell(hash, entry);
        return entry;
    }

    private void refuseWhereEnforced() {
        if (properties.mode() == Mode.ENFORCE) {
            throw RefusedDocumentException.notInList();
        }
    }

    private void count(boolean listed) {
        if (properties.mode() != Mode.OFF) {
            unlisted.count(listed);
        }
    }

    private void tell(DocumentHash hash, PreparsedDocumentEntry entry) {
        if (properties.mode() != Mode.OFF) {
            unlisted.tell(hash, entry);
        }
    }
}
