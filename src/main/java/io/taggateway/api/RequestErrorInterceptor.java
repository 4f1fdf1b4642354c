package io.taggateway.api;

import graphql.ErrorClassification;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.UnknownOperationException;
import graphql.schema.CoercingParseValueException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives errors of the request itself their code, as these never pass an exception resolver. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestErrorInterceptor implements WebGraphQlInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RequestErrorInterceptor.class);

    private final MeterRegistry meters;

    RequestErrorInterceptor(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).map(response -> {
            if (response.getData() instanceof Publisher<?> events) {
                return response.transform(builder -> builder.data(coded(events)));
            }
            List<GraphQLError> errors = response.getExecutionResult().getErrors();
            return errors.isEmpty() ? response : response.transform(builder -> builder.errors(coded(errors)));
        });
    }

    private Flux<ExecutionResult> coded(Publisher<?> events) {
        return Flux.from(events)
                .cast(ExecutionResult.class)
                .map(event -> event.getErrors().isEmpty()
                        ? event
                        : event.transform(builder -> builder.errors(coded(event.getErrors()))))
                .doOnError(
                        SubscriptionPublisherException.class,
                        end -> end.getErrors().forEach(this::record));
    }

    private List<GraphQLError> coded(List<GraphQLError> errors) {
        List<GraphQLError> coded =
                errors.stream().map(RequestErrorInterceptor::withCode).toList();
        coded.forEach(this::record);
        return coded;
    }

    /** What callers did wrong is told in a line that has nothing of theirs; the other failures have told theirs. */
    private void record(GraphQLError error) {
        String code = String.valueOf(error.getExtensions().get("code"));
        String service = String.valueOf(error.getExtensions().getOrDefault("service", ""));
        meters.counter("taggateway.errors", "code", code, "service", service).increment();
        if (service.isEmpty() && !code.equals(ErrorCode.INTERNAL_SERVER_ERROR.name())) {
            LOG.info("Refused: code={} errorId={}", code, error.getExtensions().get("errorId"));
        }
    }

    private static GraphQLError withCode(GraphQLError error) {
        Map<String, Object> known = Objects.requireNonNullElse(error.getExtensions(), Map.of());
        if (known.containsKey("code") && known.containsKey("errorId")) {
            return error;
        }
        ErrorCode code = code(error);
        Map<String, Object> extensions = GatewayErrors.extensions(code);
        extensions.putAll(known);
        return GraphqlErrorBuilder.newError()
                .message("%s", error.getMessage())
                .locations(error.getLocations())
                .path(error.getPath())
                .errorType(code.classification())
                .extensions(extensions)
                .build();
    }

    private static ErrorCode code(GraphQLError error) {
        if (error instanceof CoercingParseValueException || error instanceof NonNullableValueCoercedAsNullException) {
            return ErrorCode.BAD_USER_INPUT;
        }
        if (error instanceof UnknownOperationException) {
            return ErrorCode.OPERATION_RESOLUTION_FAILURE;
        }
        ErrorClassification classification = error.getErrorType();
        if (!(classification instanceof graphql.ErrorType type)) {
            return ErrorCode.INTERNAL_SERVER_ERROR;
        }
        return switch (type) {
            case InvalidSyntax -> ErrorCode.GRAPHQL_PARSE_FAILED;
            case ValidationError -> ErrorCode.GRAPHQL_VALIDATION_FAILED;
            case OperationNotSupported -> ErrorCode.OPERATION_RESOLUTION_FAILURE;
            case ExecutionAborted -> ErrorCode.MAX_DEPTH_LIMIT;
            case DataFetchingException, NullValueInNonNullableField -> ErrorCode.INTERNAL_SERVER_ERROR;
        };
    }
}
