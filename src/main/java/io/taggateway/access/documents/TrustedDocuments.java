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

/** The documents of the manifest, by their ids and by the hashes of their texts. */
final class TrustedDocuments {

    private final Map<String, TrustedDocument> byId = new HashMap<>();
    private final Map<DocumentHash, TrustedDocument> byHash = new HashMap<>();

    /**
     * Parses all documents of a manifest.
     *
     * @throws StartupException if one of them does not fit the schema
     */
    TrustedDocuments(DocumentManifest manifest, GraphQLSchema schema) {
        manifest.documents().forEach((id, text) -> {
            TrustedDocument document = new TrustedDocument(id, parse(manifest, id, text, schema));
            byId.put(id, document);
            byHash.put(DocumentHash.of(text), document);
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

    @Nullable
    TrustedDocument find(String id) {
        return byId.get(id);
    }

    @Nullable
    TrustedDocument find(DocumentHash hash) {
        return byHash.get(hash);
    }
}
