package io.taggateway.api.error;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.LaggingListenerException;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.dataloader.Try;
import org.jspecify.annotations.Nullable;

/** Renders exceptions as entries of {@code errors}. */
public final class ErrorRenderer {

    private ErrorRenderer() {}

    /** An entry for an error of the whole request. */
    public static GraphQLError of(ErrorCode code, String message, boolean retryable) {
        return entry(builder(null), code, message, extensions(code, retryable)).build();
    }

    /** An entry for an error of the whole request, which may succeed after some seconds. */
    public static GraphQLError retryAfter(ErrorCode code, String message, long seconds) {
        Map<String, Object> extensions = extensions(code, true);
        extensions.put("retryAfterSeconds", seconds);
        return entry(builder(null), code, message, extensions).build();
    }

    /** An entry for an error at a location of the document. */
    public static GraphQLError at(@Nullable SourceLocation place, ErrorCode code, String message) {
        GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError();
        return (place == null ? error.locations(null) : error.location(place))
                .message("%s", message)
                .errorType(code.classification())
                .extensions(extensions(code, false))
                .build();
    }

    /** An entry for a denied field. */
    public static GraphQLError of(ErrorCode code, String message, DataFetchingEnvironment environment) {
        return entry(builder(environment), code, message, extensions(code, false))
                .build();
    }

    /** An entry for a defect that fails the whole request. */
    public static GraphQLError defect() {
        return defect(null);
    }

    /** An entry for a defect, whose details are only in the log. */
    static GraphQLError defect(@Nullable DataFetchingEnvironment environment) {
        ErrorCode code = ErrorCode.INTERNAL_SERVER_ERROR;
        return entry(builder(environment), code, "The gateway failed unexpectedly.", extensions(code, false))
                .build();
    }

    /** An entry for a failure; without an environment, for a failure of a subscription's stream. */
    public static GraphQLError of(GatewayException exception, @Nullable DataFetchingEnvironment environment) {
        return entry(exception, environment).build();
    }

    /** An entry for a failure of a field that is not fetched. */
    public static GraphQLError of(GatewayException exception, ResultPath path, SourceLocation location) {
        return entry(GraphqlErrorBuilder.newError().path(path).location(location), exception)
                .build();
    }

    /** An entry for one element of the list that a field returns. */
    public static GraphQLError ofElement(GatewayException exception, DataFetchingEnvironment environment, int index) {
        ResultPath list = environment.getExecutionStepInfo().getPath();
        return entry(exception, environment).path(list.segment(index)).build();
    }

    private static GraphqlErrorBuilder<?> entry(
            GatewayException exception, @Nullable DataFetchingEnvironment environment) {
        return entry(builder(environment), exception);
    }

    private static GraphqlErrorBuilder<?> entry(GraphqlErrorBuilder<?> error, GatewayException exception) {
        ErrorCode code = switch (exception) {
            case BadInputException input -> ErrorCode.BAD_USER_INPUT;
            case ForbiddenException denied -> ErrorCode.FORBIDDEN;
            case LaggingListenerException lag -> ErrorCode.SUBSCRIPTION_TOO_SLOW;
            case SourceException failure -> SourceError.code(failure);
        };
        Map<String, Object> extensions = exception instanceof SourceException failure
                ? extensions(failure)
                : extensions(code, exception instanceof LaggingListenerException);
        if (exception instanceof ForbiddenException denied) {
            extensions.put("requiredScopes", denied.requiredScopes());
        }
        return entry(error, code, exception.text(), extensions);
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

    /** Completes each field of a batch with its own value or error; a field without a value is null. */
    public static <K, V> Map<K, Try<V>> each(Map<K, Lookup<V>> lookups) {
        Map<K, Try<V>> tries = new HashMap<>();
        lookups.forEach((key, lookup) -> {
            switch (lookup) {
                case Lookup.Found<V> found -> tries.put(key, Try.succeeded(found.value()));
                case Lookup.Absent<V> absent -> {}
                case Lookup.Failed<V> failed -> tries.put(key, Try.failed(failed.failure()));
            }
        });
        return tries;
    }

    /** The first extensions of every entry. */
    static Map<String, Object> extensions(ErrorCode code, boolean retryable) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        extensions.put("retryable", retryable);
        extensions.put("errorId", UUID.randomUUID().toString());
        return extensions;
    }

    private static Map<String, Object> extensions(SourceException failure) {
        SourceError error = SourceError.of(failure);
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", error.code());
        extensions.put("retryable", failure.retryable());
        extensions.put("errorId", failure.errorId());
        if (error.reason() != null) {
            if (failure.reason() != FailureReason.CLUSTER_UNAVAILABLE) {
                extensions.put("service", failure.vendor().name());
            }
            extensions.put("reason", error.reason());
        }
        if (error.retryAfterSeconds() != null) {
            extensions.put("retryAfterSeconds", error.retryAfterSeconds());
        }
        return extensions;
    }

    private static GraphqlErrorBuilder<?> builder(@Nullable DataFetchingEnvironment environment) {
        return environment == null
                ? GraphqlErrorBuilder.newError().locations(null)
                : GraphqlErrorBuilder.newError(environment);
    }

    private static GraphqlErrorBuilder<?> entry(
            GraphqlErrorBuilder<?> error, ErrorCode code, String message, Map<String, Object> extensions) {
        return error.message("%s", message).errorType(code.classification()).extensions(extensions);
    }
}
