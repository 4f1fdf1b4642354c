package io.taggateway.access.limits;

import io.taggateway.api.error.ErrorCode;

/** What is limited of an operation. */
enum Limit {
    DEPTH("depth", ErrorCode.MAX_DEPTH_LIMIT, "The operation is %d fields deep, but %d is the most."),
    ALIASES("aliases", ErrorCode.MAX_ALIASES_LIMIT, "The operation has %d aliases, but %d is the most."),
    ROOT_FIELDS(
            "root-fields",
            ErrorCode.MAX_ROOT_FIELDS_LIMIT,
            "The operation has %d fields at its root, but %d is the most."),
    COST("cost", ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE, "The operation may cost %d, but %d is the most."),
    TOKENS("tokens", ErrorCode.GRAPHQL_PARSE_FAILED, "The document has %d tokens or more, but %d is the most.");

    private final String word;
    private final ErrorCode code;
    private final String message;

    Limit(String word, ErrorCode code, String message) {
        this.word = word;
        this.code = code;
        this.message = message;
    }

    /** Its name in the configuration and in metrics. */
    String word() {
        return word;
    }

    /** What callers are told who are over it. */
    ErrorCode code() {
        return code;
    }

    String message(long measured, int max) {
        return message.formatted(measured, max);
    }
}
