package io.taggateway.api.error;

import graphql.ErrorClassification;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.OneOfNullValueException;
import graphql.execution.UnknownOperationException;
import graphql.introspection.Introspection;
import graphql.language.SourceLocation;
import graphql.schema.CoercingParseValueException;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives errors of the request itself their code, as these never pass an exception resolver. */
@Component
public class RequestErrorInterceptor implements WebGraphQlInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RequestErrorInterceptor.class);

    /** As the engine classifies it, whose class of errors is its own affair. */
    private static final String INTROSPECTION_DISABLED = "IntrospectionDisabled";

    /** What is said to callers who may not know the schema. */
    private static final Map<String, String> MASKS = Map.of(
            ErrorCode.GRAPHQL_VALIDATION_FAILED.name(), "The document does not fit the schema.",
            ErrorCode.BAD_USER_INPUT.name(), "A variable does not fit the schema.");

    private static final int MAX_MESSAGE = 500;

    private final MeterRegistry meters;

    RequestErrorInterceptor(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).map(response -> {
            GraphQLContext context = response.getExecutionInput().getGraphQLContext();
            Logged logged = new Logged(tenant(context), request.getId());
            if (response.getData() instanceof Publisher<?> events) {
                return response.transform(builder -> builder.data(coded(events, logged)));
            }
            List<GraphQLError> errors = response.getExecutionResult().getErrors();
            boolean masked = isMasked(context);
            return errors.isEmpty()
                    ? response
                    : response.transform(builder -> builder.errors(coded(errors, masked, logged)));
        });
    }

    private static String tenant(GraphQLContext context) {
        OperationContext operation = context.get(OperationContext.KEY);
        return operation == null
                ? "-"
                : Tenant.of(operation.origin().caller().tenant()).name();
    }

    /** Whose operation a line in the log is of. */
    private record Logged(String tenant, String requestId) {}

    /** Whether messages must not quote the schema. */
    private static boolean isMasked(GraphQLContext context) {
        OperationContext operation = context.get(OperationContext.KEY);
        return context.getBoolean(Introspection.INTROSPECTION_DISABLED, false)
                || (operation != null && !operation.origin().caller().scopes().contains("schema.read"));
    }

    private Flux<ExecutionResult> coded(Publisher<?> events, Logged logged) {
        return Flux.from(events)
                .cast(ExecutionResult.class)
                .map(event -> event.getErrors().isEmpty()
                        ? event
                        : event.transform(builder -> builder.errors(coded(event.getErrors(), false, logged))))
                .doOnError(SubscriptionPublisherException.class, end -> record(end.getErrors(), logged));
    }

    private List<GraphQLError> coded(List<GraphQLError> errors, boolean masked, Logged logged) {
        List<GraphQLError> coded = errors.stream()
                .map(RequestErrorInterceptor::withCode)
                .map(error -> masked ? masked(error) : error)
                .toList();
        record(coded, logged);
        return coded;
    }

    /**
     * Counts errors, and logs those that the caller made in one line, with the id of the first; those of vendors and
     * defects are logged where they happen.
     */
    private void record(List<GraphQLError> errors, Logged logged) {
        Map<String, Integer> counts = new TreeMap<>();
        Object firstId = null;
        for (GraphQLError error : errors) {
            String code = String.valueOf(error.getExtensions().get("code"));
            String service = String.valueOf(error.getExtensions().getOrDefault("service", ""));
            meters.counter("taggateway.errors", "code", code, "service", service)
                    .increment();
            if (service.isEmpty() && !code.equals(ErrorCode.INTERNAL_SERVER_ERROR.name())) {
                counts.merge(code, 1, Integer::sum);
                firstId = firstId == null ? error.getExtensions().get("errorId") : firstId;
            }
        }
        if (!counts.isEmpty()) {
            LOG.info(
                    "Refused: codes={} tenant={} errorId={} requestId={}",
                    counts,
                    logged.tenant(),
                    firstId,
                    logged.requestId());
        }
    }

    private static GraphQLError withCode(GraphQLError error) {
        Map<String, Object> known = Objects.requireNonNullElse(error.getExtensions(), Map.of());
        if (known.containsKey("code") && known.containsKey("errorId")) {
            return error;
        }
        ErrorCode code = code(error);
        Map<String, Object> extensions = ErrorRenderer.extensions(code, false);
        extensions.putAll(known);
        return copy(error, excerpt(error.getMessage()))
                .errorType(code.classification())
                .extensions(extensions)
                .build();
    }

    /** The same error, without what its message says of the schema. */
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

    /** The engine quotes what the caller wrote, however long that is. */
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
