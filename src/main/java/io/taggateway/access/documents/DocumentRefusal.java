package io.taggateway.access.documents;

import graphql.execution.preparsed.PreparsedDocumentEntry;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.GatewayErrors;

/** Why a document is not run. Apollo's clients compare some of the messages. */
enum DocumentRefusal {
    /** No document is registered for this hash: the client has to send it. */
    NOT_FOUND(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound"),
    /** Documents cannot be registered, so that the client had better send each. */
    NOT_SUPPORTED(ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported"),
    NOT_IN_LIST(
            ErrorCode.PERSISTED_QUERY_NOT_IN_LIST, "Only documents of a list are run here, and this is none of them."),
    OTHER_HASH(
            ErrorCode.PERSISTED_QUERY_HASH_MISMATCH,
            "`extensions.persistedQuery.sha256Hash` is not the SHA-256 of the document."),
    NO_HASH(ErrorCode.BAD_REQUEST, "`extensions.persistedQuery.sha256Hash` must be a SHA-256: 64 hexadecimal digits."),
    OTHER_VERSION(
            ErrorCode.BAD_REQUEST,
            "`extensions.persistedQuery` must be an object with `version` 1; no other version is known."),
    NO_UNICODE(ErrorCode.BAD_REQUEST, "The document must be Unicode, and there is half a character in it.");

    private final ErrorCode code;
    private final String message;

    DocumentRefusal(ErrorCode code, String message) {
        this.code = code;
        this.message = message;
    }

    /** What the engine answers instead of running it. */
    PreparsedDocumentEntry entry() {
        return new PreparsedDocumentEntry(GatewayErrors.of(code, message, false));
    }
}
