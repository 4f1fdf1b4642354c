package io.taggateway.access.cache;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.CacheHint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * The cached response to a query. Headers are not cached, as they depend on the age.
 *
 * @param body the bytes, in pieces
 * @param tag the entity tag of the body; null for a response that has none
 * @param directory the vendors of these lists
 * @param hint the tag lists that it was computed from
 * @param cost of the operation, in objects
 */
public record CachedResponse(
        List<byte[]> body, @Nullable ETag tag, VendorDirectory directory, CacheHint hint, long cost) {

    long size() {
        return body.stream().mapToLong(piece -> piece.length).sum();
    }
}
