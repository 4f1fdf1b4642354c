package io.taggateway.access.cache;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.CacheHint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * The response to a query, without its headers, as these have its age.
 *
 * @param body its bytes, in pieces
 * @param tag the entity tag of the body; null for a response that has none
 * @param directory the vendors that these are lists of
 * @param hint the tag lists that it was made of
 * @param cost of the operation, in objects
 */
public record CachedResponse(
        List<byte[]> body, @Nullable ETag tag, VendorDirectory directory, CacheHint hint, long cost) {

    long size() {
        return body.stream().mapToLong(piece -> piece.length).sum();
    }
}
