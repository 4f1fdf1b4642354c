package io.taggateway.access.documents;

import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.GraphQLSchema;
import io.taggateway.tagging.model.StartupException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the documents of the manifest by their ids and by the hashes of their texts. */
final class TrustedDocumentIndex {

    private final Map<String, DocumentHash> hashes = new HashMap<>();
    private final Map<DocumentHash, PreparsedDocumentEntry> byHash = new HashMap<>();

    /**
     * Parses all documents of a manifest.
     *
     * @throws StartupException if one of them is not valid for the schema
     */
    TrustedDocumentIndex(DocumentManifest manifest, GraphQLSchema schema) {
        manifest.documents().forEach((id, text) -> {
            DocumentHash hash = DocumentHash.of(text);
            if (hash == null) {
                throw DocumentManifest.invalidEntry(manifest.file(), id, "it contains an unpaired surrogate");
            }
            hashes.put(id, hash);
            byHash.computeIfAbsent(hash, unknown -> parse(manifest, id, text, schema));
        });
    }

    private static PreparsedDocumentEntry parse(
            DocumentManifest manifest, String id, String text, GraphQLSchema schema) {
        ParseAndValidateResult result = ParseAndValidate.parseAndValidate(
                schema, ExecutionInput.newExecutionInput(text).build());
        if (result.isFailure()) {
            throw DocumentManifest.invalidEntry(
                    manifest.file(),
                    id,
                    result.getErrors().stream().map(GraphQLError::getMessage).collect(Collectors.joining("; ")));
        }
        return new PreparsedDocumentEntry(result.getDocument());
    }

    /** The document with an id; null if there is none. */
    @Nullable
    PreparsedDocumentEntry find(String id) {
        DocumentHash hash = hashes.get(id);
        return hash == null ? null : byHash.get(hash);
    }

    /** The document with the hash of its text; null if there is none. */
    @Nullable
    PreparsedDocumentEntry find(DocumentHash hash) {
        return byHash.get(hash);
    }

    /** Whether an id and a hash belong to the same document. */
    boolean isNamed(DocumentHash hash, String id) {
        return hash.equals(hashes.get(id));
    }
}
