package io.taggateway.access.http;

import graphql.GraphQLContext;
import graphql.execution.AbortExecutionException;
import graphql.language.OperationDefinition.Operation;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;

/**
 * The kinds of operation that an HTTP request may run, by its method and the media types that it accepts.
 *
 * @param responseType the media type of the response, except for subscriptions
 * @param streams whether it accepts event streams
 */
public record HttpOperationPolicy(HttpMethod method, ResponseMediaType responseType, boolean streams) {

    /**
     * The policy of a request.
     *
     * @throws NotAcceptableStatusException if it accepts no media type of responses
     */
    static HttpOperationPolicy of(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return new HttpOperationPolicy(
                request.getMethod(), ResponseMediaType.accepted(headers), ResponseMediaType.acceptsStream(headers));
    }

    /** Whether responses to queries are events of a stream. */
    boolean isStream() {
        return responseType == ResponseMediaType.EVENT_STREAM;
    }

    /** Whether the method can only read. */
    boolean isRead() {
        return !method.equals(HttpMethod.POST);
    }

    /** Checks the operation of a request against this policy. */
    void applyTo(WebGraphQlRequest request) {
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(HttpOperationPolicy.class, this)).build());
    }

    /**
     * Checks the kind of an operation before it is executed.
     *
     * @throws AbortExecutionException if its HTTP request must not execute it
     */
    public static void check(GraphQLContext context, Operation operation) {
        HttpOperationPolicy allowed = context.get(HttpOperationPolicy.class);
        if (allowed == null) {
            return;
        }
        context.put(Operation.class, operation);
        ResponseStatusException refusal = allowed.refusal(operation);
        if (refusal != null) {
            String message = RequestErrorHandler.message(refusal.getStatusCode());
            throw new AbortExecutionException(List.of(ErrorRenderer.of(ErrorCode.BAD_REQUEST, message, false)));
        }
    }

    /** The reason why the operation is not allowed; null if it is allowed or there is none. */
    @Nullable
    ResponseStatusException refusal(@Nullable Operation operation) {
        boolean streamless = operation == Operation.SUBSCRIPTION && !streams;
        if (isRead() && (operation == Operation.MUTATION || streamless)) {
            return new MethodNotAllowedException(method, Set.of(HttpMethod.POST));
        }
        return streamless
                ? new NotAcceptableStatusException(List.of(ResponseMediaType.EVENT_STREAM.mediaType()))
                : null;
    }
}
