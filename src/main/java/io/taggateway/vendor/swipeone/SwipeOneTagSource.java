package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.upstream.http.VendorJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/** The tags of a Swipe One workspace. */
final class SwipeOneTagSource implements TagSource {

    private final SwipeOneClient client;
    private final SwipeOneProperties.ColorFormat colors;

    SwipeOneTagSource(SwipeOneClient client, SwipeOneProperties.ColorFormat colors) {
        this.client = client;
        this.colors = colors;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SWIPEONE;
    }

    /** The list has one page; its {@code count} can be higher than the number of entries. */
    @Override
    public Mono<TagList> list() {
        return client.list(client.ofWorkspace("listTags", "/tags"), "tags").map(listing -> {
            List<Tag> tags = listing.items().stream()
                    .map(SwipeOneMapper::tag)
                    .filter(Objects::nonNull)
                    .toList();
            TagList list = TagList.of(tags, listing.receivedAt());
            return tags.size() == listing.data().size("tags") ? list : list.incomplete();
        });
    }

    @Override
    public Mono<Tag> find(String remoteId) {
        return client.find(UpstreamRequest.get("findTag", "/tags/{id}", remoteId), "tag", remoteId)
                .mapNotNull(SwipeOneMapper::tag)
                .onErrorResume(SourceException::isAbsence, failure -> Mono.empty());
    }

    /** The vendor requires a color. For a label that is taken it may create a second tag, which only the list shows. */
    @Override
    public Mono<Tag> create(TagDraft draft) {
        Map<String, String> body = Map.of(
                "label", draft.name(), "color", colors.write(draft.hex() == null ? Color.DEFAULT_HEX : draft.hex()));
        return tagIn(client.write(client.create("createTag", body, "/tags"), "tag"))
                .flatMap(tag -> readAfterwards(tag)
                        .flatMap(list -> isSecond(tag, list)
                                ? Mono.error(SourceException.of(Vendor.SWIPEONE, FailureReason.CONFLICT))
                                : Mono.just(tag)));
    }

    /** The tag exists even if the list cannot be read, or if the caller has disconnected and the read is empty. */
    private Mono<TagList> readAfterwards(Tag tag) {
        TagList alone = TagList.of(List.of(tag), Instant.EPOCH);
        return list().onErrorReturn(SourceException.class, alone).defaultIfEmpty(alone);
    }

    /**
     * Whether a tag of the same label has a smaller id. Ids increase, so exactly one of two concurrent writers is
     * second.
     */
    private static boolean isSecond(Tag tag, TagList list) {
        return list.tags().stream()
                .anyMatch(other ->
                        other.name().equals(tag.name()) && other.remoteId().compareTo(tag.remoteId()) < 0);
    }

    @Override
    public Mono<Tag> update(Tag tag, TagChange change) {
        Map<String, String> body = new LinkedHashMap<>();
        if (change.name() != null) {
            body.put("label", change.name());
        }
        if (change.hex() != null) {
            body.put("color", colors.write(change.hex()));
        }
        UpstreamRequest request =
                UpstreamRequest.write(HttpMethod.PATCH, "updateTag", body, "/tags/{id}", tag.remoteId());
        TagChange stored = new TagChange(
                change.name(),
                change.hex() == null ? null : storedColor(change.hex()).hex(),
                null);
        return client.write(request, "tag")
                .filter(SwipeOneTagSource::isComplete)
                .mapNotNull(SwipeOneMapper::tag)
                .filter(written -> written.remoteId().equals(tag.remoteId()))
                .switchIfEmpty(Mono.defer(() -> changed(tag, stored)));
    }

    /** A response without the tag does not show the change, so the tag is read. */
    private Mono<Tag> changed(Tag before, TagChange change) {
        UpstreamRequest request = UpstreamRequest.get("findTag", "/tags/{id}", before.remoteId());
        return client.find(request.asOfNow(), "tag", before.remoteId())
                .mapNotNull(SwipeOneMapper::tag)
                .filter(after -> change.isVisible(before, after))
                .switchIfEmpty(Mono.error(SwipeOneTagSource::invalidResponse));
    }

    /** The vendor documents no such request. */
    @Override
    public Mono<Void> delete(Tag tag) {
        return Mono.error(SourceException.of(Vendor.SWIPEONE, FailureReason.REJECTED_INPUT));
    }

    @Override
    public Color storedColor(String hex) {
        return Color.read(colors.write(hex));
    }

    private static Mono<Tag> tagIn(Mono<VendorJson> written) {
        return written.filter(SwipeOneTagSource::isComplete)
                .mapNotNull(SwipeOneMapper::tag)
                .switchIfEmpty(Mono.error(SwipeOneTagSource::invalidResponse));
    }

    /** Whether a response has all documented fields, so that no default value is taken for the vendor's. */
    private static boolean isComplete(VendorJson fields) {
        return fields.text("label") != null && fields.values().containsKey("color");
    }

    private static SourceException invalidResponse() {
        return SourceException.of(Vendor.SWIPEONE, FailureReason.INVALID_RESPONSE);
    }
}
