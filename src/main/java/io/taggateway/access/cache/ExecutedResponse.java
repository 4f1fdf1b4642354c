package io.taggateway.access.cache;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlResponse;

/**
 * The response to an operation that was executed.
 *
 * @param result the result, for the caller whose request was executed
 * @param shared the response to a query, for all callers of equal requests; null for other operations, and for a query
 *     that was rejected as its caller's quota is exhausted
 */
public record ExecutedResponse(
        WebGraphQlResponse result, @Nullable CachedResponse shared) {}
