package io.taggateway.access.documents;

import graphql.execution.preparsed.PreparsedDocumentEntry;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.GatewayErrors;

/** A document that is not run, and why. Apollo's clients know some of the messages by heart. */
final class RefusedDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String text;

    private RefusedDocumentException(ErrorCode code, String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    /** Nobody registered a document of this hash, so that the client has to send it. */
    static RefusedDocumentException notFound() {
        return new RefusedDocumentException(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound");
    }

    /** Nobody can register documents here, so that the client had better send each. */
    static RefusedDocumentException notSupported() {
        return new RefusedDocumentException(ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported");
    }

    static RefusedDocumentException notInList() {
        return new RefusedDocumentException(
                ErrorCode.PERSISTED_QUERY_NOT_IN_LIST,
                "Only documents of a list are run here, and this is none of them.");
    }

    static RefusedDocumentException otherHash() {
        return new RefusedDocumentException(
                ErrorCode.PERSISTED_QUERY_HASH_MISMATCH,
                "`extensions.persistedQuery.sha256Hash` is not the SHA-256 of the document.");
    }

    static RefusedDocumentException noHash() {
        return malformed("`extensions.persistedQuery.sha256Hash` must be a SHA-256: 64 hexadecimal digits.");
    }

    static RefusedDocumentException otherVersion() {
        return malformed("`extensions.persistedQuery` must be an object with `version` 1; no other version is known.");
    }

    static RefusedDocumentException noUnicode() {
        return malformed("The document must be Unicode, and there is half a character in it.");
    }

    private static RefusedDocumentException malformed(String text) {
        return new RefusedDocumentException(ErrorCode.BAD_REQUEST, text);
    }

    /** What the engine answers instead of running it. */
    PreparsedDocumentEntry entry() {
        return new PreparsedDocumentEntry(GatewayErrors.of(code, text, false));
    }
}
