package io.taggateway.access.cache;

import graphql.GraphQLError;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.CacheHint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;

/**
 * The response to a query without its headers, as these depend on its age and on the caller's remaining quota.
 *
 * @param directory the directory of the vendors from which it was computed
 * @param hint the sources from which it was computed
 * @param cost of the operation, in objects
 */
public record CachedResponse(Content content, VendorDirectory directory, CacheHint hint, long cost) {

    long size() {
        return content.body.stream().mapToLong(piece -> piece.length).sum();
    }

    /**
     * The part that is equal for all callers.
     *
     * @param body its bytes, in chunks
     * @param tag the entity tag of the body; null for a response that has none
     * @param errors those in the body
     */
    public record Content(
            HttpStatus status, List<byte[]> body, @Nullable ETag tag, List<GraphQLError> errors) {}
}
