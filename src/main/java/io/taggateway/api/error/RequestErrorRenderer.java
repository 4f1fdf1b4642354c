package io.taggateway.api.error;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.OneOfNullValueException;
import graphql.execution.UnknownOperationException;
import graphql.language.SourceLocation;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Renders the errors of a request that the GraphQL engine reports. */
final class RequestErrorRenderer {

    /** The engine's classification, whose class is internal. */
    private static final String INTROSPECTION_DISABLED = "IntrospectionDisabled";

    /** The messages for callers who may not read the schema. */
    private static final Map<String, String> MASKS = Map.of(
            ErrorCode.GRAPHQL_VALIDATION_FAILED.name(), "The document is not valid for the schema.",
            ErrorCode.BAD_USER_INPUT.name(), "A variable is not valid for the schema.");

    private static final int MAX_MESSAGE = 500;

    private final NameSuggestion suggestions;

    RequestErrorRenderer(GraphQLSchema schema) {
        this.suggestions = new NameSuggestion(schema);
    }

    /**
     * The error for callers. An error that already has a code and an id is returned unchanged.
     *
     * @param masked whether the message must not quote the schema
     */
    GraphQLError render(GraphQLError error, boolean masked) {
        GraphQLError coded = withCode(error);
        return masked ? masked(coded) : coded;
    }

    private GraphQLError withCode(GraphQLError error) {
        Map<String, Object> known = Objects.requireNonNullElse(error.getExtensions(), Map.of());
        if (known.containsKey("code") && known.containsKey("errorId")) {
            return error;
        }
        ErrorCode code = code(error);
        Map<String, Object> extensions = ErrorRenderer.extensions(code, false);
        extensions.putAll(known);
        return copy(error, excerpt(suggestions.complete(error, EngineMessage.plain(error.getMessage()))))
                .errorType(code.classification())
                .extensions(extensions)
                .build();
    }

    /** The error with a message that does not disclose the schema. */
    private static GraphQLError masked(GraphQLError error) {
        Map<String, Object> extensions = error.getExtensions();
        String message = MASKS.get(String.valueOf(extensions.get("code")));
        return message == null || error.getPath() != null
                ? error
                : copy(error, message)
                        .errorType(error.getErrorType())
                        .extensions(extensions)
                        .build();
    }

    private static GraphqlErrorBuilder<?> copy(GraphQLError error, String message) {
        List<SourceLocation> locations = Objects.requireNonNullElse(error.getLocations(), List.of());
        return GraphqlErrorBuilder.newError()
                .message("%s", message)
                .locations(locations.isEmpty() ? null : locations)
                .path(error.getPath());
    }

    /** The engine quotes the caller's text regardless of its length. */
    private static String excerpt(String message) {
        if (message.length() <= MAX_MESSAGE) {
            return message;
        }
        int end = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 1)) ? MAX_MESSAGE - 1 : MAX_MESSAGE;
        return message.substring(0, end) + "…";
    }

    private static ErrorCode code(GraphQLError error) {
        ErrorClassification classification = error.getErrorType();
        return switch (error) {
            case CoercingParseValueException coercion -> ErrorCode.BAD_USER_INPUT;
            case NonNullableValueCoercedAsNullException missing -> ErrorCode.BAD_USER_INPUT;
            case UnknownOperationException unknown -> ErrorCode.OPERATION_RESOLUTION_FAILURE;
            case OneOfNullValueException absent -> ErrorCode.BAD_USER_INPUT;
            case GraphQLError other
            when INTROSPECTION_DISABLED.equals(classification.toSpecification(other)) ->
                ErrorCode.INTROSPECTION_DISABLED;
            default -> classification instanceof graphql.ErrorType type ? code(type) : ErrorCode.INTERNAL_SERVER_ERROR;
        };
    }

    private static ErrorCode code(graphql.ErrorType type) {
        return switch (type) {
            case InvalidSyntax -> ErrorCode.GRAPHQL_PARSE_FAILED;
            case ValidationError -> ErrorCode.GRAPHQL_VALIDATION_FAILED;
            case OperationNotSupported -> ErrorCode.OPERATION_RESOLUTION_FAILURE;
            case ExecutionAborted, DataFetchingException, NullValueInNonNullableField ->
                ErrorCode.INTERNAL_SERVER_ERROR;
        };
    }
}
