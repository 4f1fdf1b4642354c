package io.taggateway.access.streaming;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.taggateway.access.security.CallerRejectedException;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.util.List;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Executes operations for transports on which every response is a stream, including that of a query and that of an
 * error.
 */
final class StreamedOperationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedOperationHandler.class);

    private StreamedOperationHandler() {}

    /** Executes an operation when its response is subscribed to. */
    static Flux<ExecutionResult> run(WebGraphQlHandler handler, WebGraphQlRequest request) {
        return of(handler.handleRequest(request));
    }

    /** The stream of an operation with a present or future response. */
    static Flux<ExecutionResult> of(Mono<WebGraphQlResponse> response) {
        return FatalErrorRelay.failing(response.flatMapMany(StreamedOperationHandler::of))
                .onErrorResume(
                        error -> !(error instanceof SubscriptionPublisherException), StreamedOperationHandler::of);
    }

    /** The response of an operation. If it could not be executed, the stream ends at once. */
    @SuppressWarnings("unchecked")
    private static Flux<ExecutionResult> of(WebGraphQlResponse response) {
        ExecutionResult result = response.getExecutionResult();
        if (result.getData() instanceof Publisher) {
            return Flux.from((Publisher<ExecutionResult>) result.getData());
        }
        return result.getData() == null && !result.getErrors().isEmpty()
                ? error(result.getErrors())
                : Flux.just(result);
    }

    /** A failure before the response. */
    private static Flux<ExecutionResult> of(Throwable error) {
        if (error instanceof ResponseStatusException known && known.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT) {
            String late = "The operation exceeded its time limit.";
            return error(List.of(ErrorRenderer.of(ErrorCode.GATEWAY_TIMEOUT, late, true)));
        }
        if (error instanceof CallerRejectedException rejected) {
            return error(List.of(ErrorRenderer.of(ErrorCode.FORBIDDEN, rejected.sentence(), false)));
        }
        GraphQLError defect = ErrorRenderer.defect();
        LOG.error("Operation failed: errorId={}", defect.getExtensions().get("errorId"), error);
        return error(List.of(defect));
    }

    /** The error for an operation or connection beyond the limit. */
    static Flux<ExecutionResult> refusal(String message) {
        return error(List.of(ErrorRenderer.of(ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED, message, true)));
    }

    /** The last error of a stream whose caller is no longer authenticated. */
    static Flux<ExecutionResult> unauthenticated() {
        String message = "The credential has expired, or was withdrawn.";
        return error(List.of(ErrorRenderer.of(ErrorCode.UNAUTHENTICATED, message, false)));
    }

    /** The response to a request as a stream. */
    static WebGraphQlResponse respond(WebGraphQlRequest request, Flux<ExecutionResult> stream) {
        ExecutionResult result =
                ExecutionResult.newExecutionResult().data(stream).build();
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
    }

    private static Flux<ExecutionResult> error(List<GraphQLError> errors) {
        return Flux.error(() -> new SubscriptionPublisherException(errors, null));
    }
}
