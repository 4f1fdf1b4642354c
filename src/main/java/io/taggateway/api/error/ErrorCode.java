package io.taggateway.api.error;

import graphql.ErrorClassification;
import org.springframework.graphql.execution.ErrorType;

/** The codes in {@code extensions.code}. They are part of the API. */
public enum ErrorCode {
    BAD_REQUEST,
    UNAUTHENTICATED,
    FORBIDDEN,
    GRAPHQL_PARSE_FAILED,
    GRAPHQL_VALIDATION_FAILED,
    OPERATION_RESOLUTION_FAILURE,
    MAX_DEPTH_LIMIT,
    MAX_ALIASES_LIMIT,
    MAX_ROOT_FIELDS_LIMIT,
    COST_ESTIMATED_TOO_EXPENSIVE,
    INTROSPECTION_DISABLED,
    PERSISTED_QUERY_NOT_FOUND,
    PERSISTED_QUERY_NOT_SUPPORTED,
    PERSISTED_QUERY_HASH_MISMATCH,
    PERSISTED_QUERY_NOT_IN_LIST,
    BAD_USER_INPUT,
    RATE_LIMIT_EXCEEDED,
    REQUEST_LIMIT_EXCEEDED,
    SUBSCRIPTION_LIMIT_EXCEEDED,
    SUBSCRIPTION_TOO_SLOW,
    GATEWAY_TIMEOUT,
    SERVICE_UNAVAILABLE,
    DOWNSTREAM_SERVICE_ERROR,
    INTERNAL_SERVER_ERROR;

    /** The framework's classification of the error. */
    public ErrorClassification classification() {
        return switch (this) {
            case GRAPHQL_PARSE_FAILED -> graphql.ErrorType.InvalidSyntax;
            case GRAPHQL_VALIDATION_FAILED, INTROSPECTION_DISABLED -> graphql.ErrorType.ValidationError;
            case OPERATION_RESOLUTION_FAILURE -> graphql.ErrorType.OperationNotSupported;
            case MAX_DEPTH_LIMIT,
                    MAX_ALIASES_LIMIT,
                    MAX_ROOT_FIELDS_LIMIT,
                    COST_ESTIMATED_TOO_EXPENSIVE,
                    RATE_LIMIT_EXCEEDED,
                    SUBSCRIPTION_LIMIT_EXCEEDED,
                    SUBSCRIPTION_TOO_SLOW -> graphql.ErrorType.ExecutionAborted;
            case UNAUTHENTICATED -> ErrorType.UNAUTHORIZED;
            case FORBIDDEN -> ErrorType.FORBIDDEN;
            case BAD_REQUEST,
                    PERSISTED_QUERY_NOT_FOUND,
                    PERSISTED_QUERY_NOT_SUPPORTED,
                    PERSISTED_QUERY_HASH_MISMATCH,
                    PERSISTED_QUERY_NOT_IN_LIST,
                    BAD_USER_INPUT,
                    REQUEST_LIMIT_EXCEEDED -> ErrorType.BAD_REQUEST;
            case GATEWAY_TIMEOUT, SERVICE_UNAVAILABLE, DOWNSTREAM_SERVICE_ERROR, INTERNAL_SERVER_ERROR ->
                ErrorType.INTERNAL_ERROR;
        };
    }
}
