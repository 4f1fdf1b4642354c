package io.taggateway.access.http;

import graphql.GraphQLContext;
import graphql.language.OperationDefinition.Operation;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.OperationContext;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/** Turns the result of an operation into the status, the headers and the bytes of its HTTP response. */
@Component
class ResponseWriter {

    private final JsonMapper json;
    private final CacheHeaders cacheHeaders;

    ResponseWriter(JsonMapper json, CacheHeaders cacheHeaders) {
        this.json = json;
        this.cacheHeaders = cacheHeaders;
    }

    /**
     * The HTTP response to a request.
     *
     * @param allowed what the request may run
     * @param known the headers of the request, which say what the caller has already
     */
    WrittenResponse write(WebGraphQlResponse result, AllowedOperations allowed, HttpHeaders known) {
        GraphQLContext context = result.getExecutionInput().getGraphQLContext();
        Operation operation = context.get(Operation.class);
        byte[] body = json.writeValueAsBytes(result.toMap());
        HttpHeaders headers = result.getResponseHeaders();
        headers.setContentType(allowed.answerType().mediaType());
        boolean cacheable = operation == Operation.QUERY
                && result.getExecutionResult().getErrors().isEmpty();
        cacheHeaders.addTo(headers, cacheable ? cacheHint(context) : null);
        if (cacheable && allowed.isRead()) {
            ETag tag = EntityTag.of(body);
            headers.setETag(tag.formattedTag());
            if (EntityTag.isKnown(tag, known)) {
                return new WrittenResponse(HttpStatus.NOT_MODIFIED, headers, body);
            }
        }
        ResponseStatusException refusal = allowed.refusal(operation);
        if (refusal != null) {
            headers.putAll(refusal.getHeaders());
            return new WrittenResponse(refusal.getStatusCode(), headers, body);
        }
        boolean run = result.getExecutionResult().isDataPresent();
        boolean bad = !run && allowed.answerType() == AnswerType.GRAPHQL_RESPONSE;
        return new WrittenResponse(bad ? HttpStatus.BAD_REQUEST : HttpStatus.OK, headers, body);
    }

    private static CacheHint cacheHint(GraphQLContext context) {
        return OperationContext.require(context.get(OperationContext.KEY)).cacheHint();
    }
}
