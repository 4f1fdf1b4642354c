package io.taggateway.api.error;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.execution.ResultPath;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.LaggingListenerException;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders what went wrong as entries of {@code errors}. */
public final class GatewayErrors {

    private static final String DEFECT = "Something went wrong in the gateway.";

    private GatewayErrors() {}

    /** An entry for what concerns a request as a whole. */
    public static GraphQLError of(ErrorCode code, String message, boolean retryable) {
        return entry(null, message, code, extensions(code, retryable)).build();
    }

    /** An entry for a defect that costs a request as a whole. */
    public static GraphQLError defect() {
        return of(ErrorCode.INTERNAL_SERVER_ERROR, DEFECT, false);
    }

    /** An entry for a failure; of a subscription's own stream where there is no environment. */
    public static GraphQLError of(GatewayException exception, @Nullable DataFetchingEnvironment environment) {
        return entry(exception, environment).build();
    }

    /** An entry for one element of the list that a field answers. */
    public static GraphQLError ofElement(GatewayException exception, DataFetchingEnvironment environment, int index) {
        ResultPath list = environment.getExecutionStepInfo().getPath();
        return entry(exception, environment).path(list.segment(index)).build();
    }

    private static GraphqlErrorBuilder<?> entry(
            GatewayException exception, @Nullable DataFetchingEnvironment environment) {
        return switch (exception) {
            case BadInputException input ->
                entry(environment, input.text(), ErrorCode.BAD_USER_INPUT, extensions(ErrorCode.BAD_USER_INPUT));
            case LaggingListenerException lag ->
                entry(
                        environment,
                        lag.text(),
                        ErrorCode.SUBSCRIPTION_TOO_SLOW,
                        extensions(ErrorCode.SUBSCRIPTION_TOO_SLOW, true));
            case SourceException failure ->
                entry(environment, failure.text(), SourceError.code(failure), extensions(failure));
        };
    }

    /** An entry for what nobody foresaw, whose story only the log tells. */
    public static GraphQLError internal(@Nullable DataFetchingEnvironment environment, String errorId) {
        Map<String, Object> extensions = extensions(ErrorCode.INTERNAL_SERVER_ERROR);
        extensions.put("errorId", errorId);
        return entry(environment, DEFECT, ErrorCode.INTERNAL_SERVER_ERROR, extensions)
                .build();
    }

    /** A connection, with one entry for each source that failed. */
    public static <T> DataFetcherResult<Connection<T>> result(
            Connection<T> connection, DataFetchingEnvironment environment) {
        Stream<SourceException> failures = connection.sources().stream()
                .filter(outcome -> outcome.status() == SourceStatus.FAILED)
                .map(SourceOutcome::failure)
                .filter(Objects::nonNull);
        return result(connection, failures, environment);
    }

    /** Data, with one entry for each failure. */
    public static <T> DataFetcherResult<T> result(
            T data, Stream<SourceException> failures, DataFetchingEnvironment environment) {
        List<GraphQLError> errors =
                failures.map(failure -> of(failure, environment)).toList();
        return DataFetcherResult.<T>newResult().data(data).errors(errors).build();
    }

    /** What every entry's extensions begin with. */
    public static Map<String, Object> extensions(ErrorCode code) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        extensions.put("retryable", false);
        extensions.put("errorId", UUID.randomUUID().toString());
        return extensions;
    }

    private static Map<String, Object> extensions(ErrorCode code, boolean retryable) {
        Map<String, Object> extensions = extensions(code);
        extensions.put("retryable", retryable);
        return extensions;
    }

    private static Map<String, Object> extensions(SourceException failure) {
        Map<String, Object> extensions = extensions(SourceError.code(failure));
        String reason = SourceError.reason(failure.reason());
        putIfPresent(
                extensions, "service", reason == null ? null : failure.vendor().name());
        putIfPresent(extensions, "reason", reason);
        extensions.put("retryable", failure.reason().retryable());
        putIfPresent(extensions, "retryAfterSeconds", SourceError.retryAfterSeconds(failure));
        extensions.put("errorId", failure.errorId());
        return extensions;
    }

    private static void putIfPresent(Map<String, Object> extensions, String key, @Nullable Object value) {
        if (value != null) {
            extensions.put(key, value);
        }
    }

    private static GraphqlErrorBuilder<?> entry(
            @Nullable DataFetchingEnvironment environment,
            String message,
            ErrorCode code,
            Map<String, Object> extensions) {
        GraphqlErrorBuilder<?> error = environment == null
                ? GraphqlErrorBuilder.newError().locations(null)
                : GraphqlErrorBuilder.newError(environment);
        return error.message("%s", message).errorType(code.classification()).extensions(extensions);
    }
}
