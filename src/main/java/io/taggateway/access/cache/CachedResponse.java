package io.taggateway.access.cache;

import graphql.GraphQLError;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.CacheHint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;

/**
 * The response to a query, without its headers, as these have its age and what its caller has left.
 *
 * @param directory the vendors that it was made of
 * @param hint what else it was made of
 * @param cost of the operation, in objects
 */
public record CachedResponse(Content content, VendorDirectory directory, CacheHint hint, long cost) {

    long size() {
        return content.body.stream().mapToLong(piece -> piece.length).sum();
    }

    /**
     * What each caller is sent.
     *
     * @param body its bytes, in pieces
     * @param tag the entity tag of the body; null for a response that has none
     * @param errors those in the body
     */
    public record Content(
            HttpStatus status, List<byte[]> body, @Nullable ETag tag, List<GraphQLError> errors) {}
}
