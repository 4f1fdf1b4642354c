package io.taggateway.api;

import graphql.ErrorClassification;
import org.springframework.graphql.execution.ErrorType;

/** The codes that callers find in {@code extensions.code}; they are part of the API. */
public enum ErrorCode {
    GRAPHQL_PARSE_FAILED,
    GRAPHQL_VALIDATION_FAILED,
    OPERATION_RESOLUTION_FAILURE,
    MAX_DEPTH_LIMIT,
    BAD_USER_INPUT,
    SUBSCRIPTION_LIMIT_EXCEEDED,
    SUBSCRIPTION_TOO_SLOW,
    GATEWAY_TIMEOUT,
    DOWNSTREAM_SERVICE_ERROR,
    INTERNAL_SERVER_ERROR;

    /** The coarser kind, as the framework names it. */
    public ErrorClassification classification() {
        return switch (this) {
            case GRAPHQL_PARSE_FAILED -> graphql.ErrorType.InvalidSyntax;
            case GRAPHQL_VALIDATION_FAILED -> graphql.ErrorType.ValidationError;
            case OPERATION_RESOLUTION_FAILURE -> graphql.ErrorType.OperationNotSupported;
            case MAX_DEPTH_LIMIT, SUBSCRIPTION_LIMIT_EXCEEDED, SUBSCRIPTION_TOO_SLOW ->
                graphql.ErrorType.ExecutionAborted;
            case BAD_USER_INPUT -> ErrorType.BAD_REQUEST;
            case GATEWAY_TIMEOUT, DOWNSTREAM_SERVICE_ERROR, INTERNAL_SERVER_ERROR -> ErrorType.INTERNAL_ERROR;
        };
    }
}
