package io.taggateway.access.http;

import graphql.language.OperationDefinition.Operation;
import io.taggateway.tagging.operation.ShelfLife;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
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
     * @param cacheHint how long the result can be kept
     */
    GraphQlHttpResponse write(
            WebGraphQlResponse result, AllowedOperations allowed, HttpHeaders known, ShelfLife cacheHint) {
        Operation operation = result.getExecutionInput().getGraphQLContext().get(Operation.class);
        byte[] body = json.writeValueAsBytes(result.toMap());
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(result.getResponseHeaders());
        headers.setContentType(allowed.answerType().mediaType());
        ResponseStatusException refusal = allowed.refusal(operation);
        if (refusal != null) {
            headers.putAll(refusal.getHeaders());
        }
        boolean cacheable = operation == Operation.QUERY
                && result.getExecutionResult().getErrors().isEmpty();
        cacheHeaders.addTo(headers, cacheable ? cacheHint : null);
        if (cacheable && allowed.isRead()) {
            ETag tag = EntityTag.of(body);
            headers.setETag(tag.formattedTag());
            if (EntityTag.isKnown(tag, known)) {
                headers.remove(HttpHeaders.CONTENT_TYPE);
                return new GraphQlHttpResponse(HttpStatus.NOT_MODIFIED, headers, body);
            }
        }
        return new GraphQlHttpResponse(status(result, allowed.answerType(), refusal), headers, body);
    }

    private static HttpStatusCode status(
            WebGraphQlResponse result, AnswerType type, @Nullable ResponseStatusException refusal) {
        if (refusal != null) {
            return refusal.getStatusCode();
        }
        return type == AnswerType.GRAPHQL_RESPONSE
                        && !result.getExecutionResult().isDataPresent()
                ? HttpStatus.BAD_REQUEST
                : HttpStatus.OK;
    }
}
