package io.taggateway.access.cache;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlResponse;

/**
 * The response to an operation that was executed.
 *
 * @param result what was executed, for the caller that it was executed for
 * @param shared the response to a query, for every caller that sent it; null for other operations, and for a query that
 *     was not executed, as its caller has used up its quota
 */
public record ExecutedResponse(
        WebGraphQlResponse result, @Nullable CachedResponse shared) {}
