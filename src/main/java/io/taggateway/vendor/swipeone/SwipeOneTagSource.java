package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.UpstreamRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tags of a Swipe One workspace. */
final class SwipeOneTagSource implements TagSource {

    private final SwipeOneClient client;

    SwipeOneTagSource(SwipeOneClient client) {
        this.client = client;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SWIPEONE;
    }

    /** The list has one page; its {@code count} has been seen to be more than what it lists. */
    @Override
    public Mono<TagList> list(Tenant tenant) {
        return client.list(client.ofWorkspace("listTags", "/tags"), "tags").map(listing -> {
            List<Tag> tags = listing.items().stream()
                    .map(SwipeOneMapper::tag)
                    .filter(Objects::nonNull)
                    .toList();
            return TagList.of(tags, listing.receivedAt());
        });
    }

    @Override
    public Mono<Tag> find(Tenant tenant, String remoteId) {
        return client.find(UpstreamRequest.get("findTag", "/tags/{id}", remoteId), "tag")
                .mapNotNull(SwipeOneMapper::tag)
                .onErrorResume(SwipeOneTagSource::isNotFound, failure -> Mono.empty());
    }

    @Override
    public @Nullable TagList held(Tenant tenant) {
        return null;
    }

    /** An id of the wrong form is refused as such by some databases, and not found by others. */
    static boolean isNotFound(Throwable error) {
        return error instanceof SourceException failure
                && (failure.reason() == FailureReason.NOT_FOUND || failure.reason() == FailureReason.REJECTED_INPUT);
    }
}
