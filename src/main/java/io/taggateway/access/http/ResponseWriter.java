package io.taggateway.access.http;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.language.OperationDefinition.Operation;
import io.taggateway.access.cache.CachedResponse;
import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.cache.ResponseCache;
import io.taggateway.access.limits.ResponseSerializer;
import io.taggateway.access.server.UnsentByteCounter;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.OperationContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Turns the result of an operation into the status, the headers and the bytes of its HTTP response. */
@Component
class ResponseWriter {

    private static final List<String> VARY =
            List.of(HttpHeaders.ACCEPT, HttpHeaders.AUTHORIZATION, "X-API-Key", HttpHeaders.ACCEPT_ENCODING);
    private static final CacheControl NO_STORE = CacheControl.noStore();

    private final ResponseSerializer serializer;
    private final UnsentByteCounter unsent;
    private final ResponseCache kept;
    private final Clock clock;
    private final boolean publicTags;

    /**
     * A writer of responses.
     *
     * @param publicTags whether shared caches may store responses that are made of tag lists only
     */
    ResponseWriter(
            ResponseSerializer serializer,
            UnsentByteCounter unsent,
            ResponseCache kept,
            Clock clock,
            @Value("${gateway.response.public-tags:false}") boolean publicTags) {
        this.serializer = serializer;
        this.unsent = unsent;
        this.kept = kept;
        this.clock = clock;
        this.publicTags = publicTags;
    }

    /** Whether responses are kept, and found by the keys of their requests. */
    boolean keepsResponses() {
        return kept.isEnabled();
    }

    /** The HTTP response that a request of this key had, if it would be the same now; null if it has to be made. */
    @Nullable
    WrittenResponse find(RequestKey key, HttpOperationPolicy allowed, HttpHeaders known) {
        CachedResponse found = kept.find(key);
        if (found == null) {
            return null;
        }
        checkRoom(found.body(), Operation.QUERY);
        return written(found, withType(allowed, new HttpHeaders()), known);
    }

    /**
     * The HTTP response to a request.
     *
     * @param allowed what the request may run
     * @param known the headers of the request, which say what the caller has already
     * @param key by which the response is kept; null if it is not
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
            OperationContext state = OperationContext.require(context.get(OperationContext.KEY));
            ETag tag = allowed.isRead() ? WrittenResponse.entityTag(body) : null;
            VendorDirectory vendors = state.directory(VendorDirectory.class);
            CachedResponse response = new CachedResponse(body, tag, vendors, state.cacheHint());
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

    private static WrittenResponse refused(ResponseStatusException refusal, HttpHeaders headers, List<byte[]> body) {
        headers.putAll(refusal.getHeaders());
        return new WrittenResponse(refusal.getStatusCode(), headers, body);
    }

    /** A response to a query, with the headers that say how old it is. */
    private WrittenResponse written(CachedResponse response, HttpHeaders headers, HttpHeaders known) {
        addCacheHeaders(headers, response.hint());
        return response.tag() == null
                ? new WrittenResponse(HttpStatus.OK, headers, response.body())
                : WrittenResponse.tagged(response.tag(), headers, response.body(), known);
    }

    private static HttpStatus status(WebGraphQlResponse result, HttpOperationPolicy allowed) {
        // Set where the caller has used up its quota
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

    /** What was changed is reported however much waits to be sent; a query can be sent again. */
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

    /** A response is fresh as long as everything in it, and as old as the oldest. */
    private void addCacheHeaders(HttpHeaders headers, CacheHint hint) {
        Duration freshFor = hint.freshFor();
        CacheControl control = freshFor.toSeconds() > 0 ? CacheControl.maxAge(freshFor) : CacheControl.noCache();
        headers.setCacheControl(publicTags && hint.isPublic() ? control.cachePublic() : control.cachePrivate());
        Instant oldest = hint.fetchedAt();
        if (oldest != null) {
            long age = Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
            headers.set(HttpHeaders.AGE, Long.toString(age));
        }
    }
}
