package io.taggateway.access.http;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.language.OperationDefinition.Operation;
import io.taggateway.access.cache.CachedResponse;
import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.cache.ResponseCache;
import io.taggateway.access.limits.OperationLimiter;
import io.taggateway.access.limits.ResponseSerializer;
import io.taggateway.access.quota.CallerQuota;
import io.taggateway.access.server.UnsentByteCounter;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Converts the result of an operation to the status, the headers and the bytes of its HTTP response. */
@Component
class ResponseWriter {

    private static final List<String> VARY =
            List.of(HttpHeaders.ACCEPT, HttpHeaders.AUTHORIZATION, "X-API-Key", HttpHeaders.ACCEPT_ENCODING);
    private static final CacheControl NO_STORE = CacheControl.noStore();

    private final ResponseSerializer serializer;
    private final UnsentByteCounter unsent;
    private final ResponseCache kept;
    private final CallerQuota quota;
    private final CacheHeaderWriter cacheHeaders;

    ResponseWriter(
            ResponseSerializer serializer,
            UnsentByteCounter unsent,
            ResponseCache kept,
            CallerQuota quota,
            CacheHeaderWriter cacheHeaders) {
        this.serializer = serializer;
        this.unsent = unsent;
        this.kept = kept;
        this.quota = quota;
        this.cacheHeaders = cacheHeaders;
    }

    /** Whether responses are cached. */
    boolean keepsResponses() {
        return kept.isEnabled();
    }

    /**
     * The cached HTTP response for a key; null if none is valid. It is also null if the caller's quota is exhausted, so
     * that the operation is refused like any other.
     */
    @Nullable
    WrittenResponse find(RequestKey key, HttpOperationPolicy allowed, HttpHeaders known) {
        CachedResponse found = kept.find(key);
        HttpHeaders headers = new HttpHeaders();
        if (found == null || !quota.chargeRepeated(key.caller(), found.cost(), headers)) {
            return null;
        }
        checkRoom(found.body(), Operation.QUERY);
        return written(found, withType(allowed, headers), known);
    }

    /**
     * The HTTP response to a request.
     *
     * @param allowed the operations that the request may execute
     * @param known the headers of the request, which may have the entity tag of the caller's copy
     * @param key the key under which the response is cached; null if it is not cached
     */
    WrittenResponse write(
            WebGraphQlResponse result, HttpOperationPolicy allowed, HttpHeaders known, @Nullable RequestKey key) {
        GraphQLContext context = result.getExecutionInput().getGraphQLContext();
        Operation operation = context.get(Operation.class);
        List<byte[]> body = serializer.write(result.toMap());
        if (body == null) {
            return write(tooLarge(result.getExecutionInput()), allowed, known, null);
        }
        checkRoom(body, operation);
        HttpHeaders headers = withType(allowed, result.getResponseHeaders());
        if (operation == Operation.QUERY
                && result.getExecutionResult().getErrors().isEmpty()) {
            CachedResponse response = response(body, allowed, context);
            if (key != null) {
                kept.keep(key, response);
            }
            return written(response, headers, known);
        }
        ResponseStatusException refusal = allowed.refusal(operation);
        return refusal == null
                ? new WrittenResponse(status(result, allowed), headers, body)
                : refused(refusal, headers, body);
    }

    private static CachedResponse response(List<byte[]> body, HttpOperationPolicy allowed, GraphQLContext context) {
        OperationContext operation = OperationContext.require(context.get(OperationContext.KEY));
        return new CachedResponse(
                body,
                allowed.isRead() ? WrittenResponse.entityTag(body) : null,
                operation.directory(VendorDirectory.class),
                operation.cacheHint(),
                context.getOrDefault(OperationLimiter.COST, 0L));
    }

    private static WrittenResponse refused(ResponseStatusException refusal, HttpHeaders headers, List<byte[]> body) {
        headers.putAll(refusal.getHeaders());
        return new WrittenResponse(refusal.getStatusCode(), headers, body);
    }

    /** The response to a query, with the headers for its age. */
    private WrittenResponse written(CachedResponse response, HttpHeaders headers, HttpHeaders known) {
        cacheHeaders.write(headers, response.hint());
        return response.tag() == null
                ? new WrittenResponse(HttpStatus.OK, headers, response.body())
                : WrittenResponse.tagged(response.tag(), headers, response.body(), known);
    }

    private static HttpStatus status(WebGraphQlResponse result, HttpOperationPolicy allowed) {
        // Set if the caller's quota is exhausted
        if (result.getResponseHeaders().containsHeader(HttpHeaders.RETRY_AFTER)) {
            return HttpStatus.TOO_MANY_REQUESTS;
        }
        boolean bad = allowed.responseType() == ResponseMediaType.GRAPHQL_RESPONSE
                && !result.getExecutionResult().isDataPresent();
        return bad ? HttpStatus.BAD_REQUEST : HttpStatus.OK;
    }

    private static HttpHeaders withType(HttpOperationPolicy allowed, HttpHeaders headers) {
        headers.setContentType(allowed.responseType().mediaType());
        headers.setVary(VARY);
        headers.setCacheControl(NO_STORE);
        return headers;
    }

    /** The result of a mutation is sent however many bytes wait to be sent. A query can be repeated. */
    private void checkRoom(List<byte[]> body, @Nullable Operation operation) {
        if (operation == Operation.QUERY && !unsent.hasRoomFor(WrittenResponse.size(body))) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
        }
    }

    private WebGraphQlResponse tooLarge(ExecutionInput input) {
        ExecutionResult result = ExecutionResult.newExecutionResult()
                .addError(serializer.tooLarge())
                .build();
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(input, result));
    }
}
