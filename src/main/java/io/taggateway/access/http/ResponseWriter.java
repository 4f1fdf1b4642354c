package io.taggateway.access.http;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.language.OperationDefinition.Operation;
import io.taggateway.access.cache.CachedResponse;
import io.taggateway.access.cache.CachedResponse.Content;
import io.taggateway.access.cache.ExecutedResponse;
import io.taggateway.access.http.GraphQlEndpoint.Exchange;
import io.taggateway.access.limits.OperationLimiter;
import io.taggateway.access.limits.ResponseSerializer;
import io.taggateway.access.server.UnsentByteCounter;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.OperationContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
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

    /** The names that Spring adds to {@code Vary} in all responses if origins are configured. */
    private static final List<String> VARY_BY_ORIGIN = List.of(
            HttpHeaders.ORIGIN, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);

    private static final int MAX_JOINED = 128 * 1024;

    private static final String NO_STORE =
            Objects.requireNonNull(CacheControl.noStore().getHeaderValue());

    private final ResponseSerializer serializer;
    private final UnsentByteCounter unsent;
    private final CacheHeaderWriter cacheHeaders;
    private final String vary;

    ResponseWriter(
            ResponseSerializer serializer,
            UnsentByteCounter unsent,
            CacheHeaderWriter cacheHeaders,
            GraphQlCorsProperties origins) {
        this.vary = Stream.concat(
                        VARY.stream(), origins.toCorsConfiguration() == null ? Stream.of() : VARY_BY_ORIGIN.stream())
                .collect(Collectors.joining(", "));
        this.serializer = serializer;
        this.unsent = unsent;
        this.cacheHeaders = cacheHeaders;
    }

    /** Writes the body of a response to a query, for every caller that sent it; has no effect for other operations. */
    ExecutedResponse shared(WebGraphQlResponse result, HttpOperationPolicy allowed) {
        GraphQLContext context = result.getExecutionInput().getGraphQLContext();
        if (context.get(Operation.class) != Operation.QUERY || isOverQuota(result)) {
            return new ExecutedResponse(result, null);
        }
        List<byte[]> body = serializer.write(result.toMap());
        if (body == null) {
            return shared(tooLarge(result.getExecutionInput()), allowed);
        }
        List<GraphQLError> errors = result.getExecutionResult().getErrors();
        OperationContext operation = OperationContext.require(context.get(OperationContext.KEY));
        Content content = new Content(
                status(result, allowed),
                joined(body),
                allowed.isRead() && errors.isEmpty() ? WrittenResponse.entityTag(body) : null,
                errors);
        return new ExecutedResponse(
                result,
                new CachedResponse(
                        content,
                        operation.directory(VendorDirectory.class),
                        operation.cacheHint(),
                        context.getOrDefault(OperationLimiter.COST, 0L)));
    }

    /** The HTTP response to an operation other than a query, for its only caller. */
    WrittenResponse write(WebGraphQlResponse result, HttpOperationPolicy allowed) {
        List<byte[]> body = serializer.write(result.toMap());
        if (body == null) {
            return write(tooLarge(result.getExecutionInput()), allowed);
        }
        HttpHeaders headers = withType(allowed, result.getResponseHeaders());
        Operation operation = result.getExecutionInput().getGraphQLContext().get(Operation.class);
        ResponseStatusException refusal = allowed.refusal(operation);
        return refusal == null
                ? new WrittenResponse(status(result, allowed), headers, body)
                : refused(refusal, headers, body);
    }

    /**
     * The HTTP response to a query for one of its callers. The headers with its age are added to those that the
     * caller's response already has.
     */
    WrittenResponse write(CachedResponse response, Exchange exchange) {
        Content content = response.content();
        checkUnsentBytes(content.body());
        HttpHeaders headers = withType(exchange.allowed(), exchange.response().getHeaders());
        if (content.errors().isEmpty()) {
            cacheHeaders.write(headers, response.hint());
        }
        return content.tag() == null
                ? new WrittenResponse(content.status(), headers, content.body())
                : WrittenResponse.tagged(
                        content.tag(),
                        headers,
                        content.body(),
                        exchange.request().getHeaders());
    }

    /**
     * Joins the chunks of a body unless it is large, as sending a chunk costs about as much as the rest of a response.
     */
    private static List<byte[]> joined(List<byte[]> body) {
        long size = WrittenResponse.size(body);
        if (body.size() == 1 || size > MAX_JOINED) {
            return body;
        }
        ByteBuffer all = ByteBuffer.allocate((int) size);
        body.forEach(all::put);
        return List.of(all.array());
    }

    private static WrittenResponse refused(ResponseStatusException refusal, HttpHeaders headers, List<byte[]> body) {
        headers.putAll(refusal.getHeaders());
        return new WrittenResponse(refusal.getStatusCode(), headers, body);
    }

    private static boolean isOverQuota(WebGraphQlResponse result) {
        return result.getResponseHeaders().containsHeader(HttpHeaders.RETRY_AFTER);
    }

    private static HttpStatus status(WebGraphQlResponse result, HttpOperationPolicy allowed) {
        if (isOverQuota(result)) {
            return HttpStatus.TOO_MANY_REQUESTS;
        }
        boolean bad = allowed.responseType() == ResponseMediaType.GRAPHQL_RESPONSE
                && !result.getExecutionResult().isDataPresent();
        return bad ? HttpStatus.BAD_REQUEST : HttpStatus.OK;
    }

    private HttpHeaders withType(HttpOperationPolicy allowed, HttpHeaders headers) {
        headers.set(HttpHeaders.CONTENT_TYPE, allowed.responseType().text());
        headers.set(HttpHeaders.VARY, vary);
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return headers;
    }

    /**
     * Refuses the response to a query if too many bytes are unsent. The response to a mutation is always sent, as the
     * mutation cannot be repeated.
     */
    private void checkUnsentBytes(List<byte[]> body) {
        if (!unsent.accepts(WrittenResponse.size(body))) {
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
