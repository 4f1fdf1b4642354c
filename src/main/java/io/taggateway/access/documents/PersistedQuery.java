package io.taggateway.access.documents;

import graphql.ExecutionInput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its document in {@code extensions.persistedQuery}, as Apollo's protocol has it.
 *
 * @param id the document's hash, or its id in the manifest
 */
record PersistedQuery(String id) {

    /**
     * What this request says; null where it says nothing.
     *
     * @throws RefusedDocumentException if it is not what the protocol knows
     */
    static @Nullable PersistedQuery of(ExecutionInput input) {
        Object extension = input.getExtensions().get("persistedQuery");
        if (extension == null) {
            return null;
        }
        if (!(extension instanceof Map<?, ?> members) || !Integer.valueOf(1).equals(members.get("version"))) {
            throw RefusedDocumentException.otherVersion();
        }
        if (!(members.get("sha256Hash") instanceof String id)) {
            throw RefusedDocumentException.noHash();
        }
        return new PersistedQuery(id);
    }

    /**
     * The id as a hash.
     *
     * @throws RefusedDocumentException if it is none
     */
    DocumentHash hash() {
        return DocumentHash.given(id);
    }
}
