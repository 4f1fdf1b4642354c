package io.taggateway.api;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The documents parsed and validated last, as clients send the same few again and again. */
final class ParsedDocuments implements PreparsedDocumentProvider {

    private static final int REMEMBERED = 1_000;
    private static final int MAX_LENGTH = 32_768;

    private final Map<String, PreparsedDocumentEntry> entries = Collections.synchronizedMap(new LastUsed<>());

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parser) {
        String query = input.getQuery();
        PreparsedDocumentEntry known = entries.get(query);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        PreparsedDocumentEntry parsed = parser.apply(input);
        if (query.length() <= MAX_LENGTH && !parsed.hasErrors()) {
            entries.put(query, parsed);
        }
        return CompletableFuture.completedFuture(parsed);
    }

    /** A map that drops what was not used for longest. */
    private static final class LastUsed<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        LastUsed() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
