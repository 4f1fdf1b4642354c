package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.upstream.http.PagedReader;
import io.taggateway.upstream.http.PagedReader.End;
import io.taggateway.upstream.http.PagedReader.PageSequence;
import io.taggateway.upstream.http.SingleTagAssignments.Written;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.upstream.http.VendorJson;
import io.taggateway.vendor.sipsim.SipsimClient.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/** The tags of a SIPSIM account. */
final class SipsimTagSource implements TagSource {

    /** The maximum number of tags. A longer list is an error, as a part of a list is never returned. */
    private static final int MAX_PAGES = 101;

    private final SipsimClient client;

    SipsimTagSource(SipsimClient client) {
        this.client = client;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SIPSIM;
    }

    @Override
    public Mono<TagList> list() {
        return new PagedReader<>(MAX_PAGES, this::page, pages -> pages.getLast().next())
                .readAll()
                .map(SipsimTagSource::list);
    }

    private Mono<Page> page(@Nullable String token) {
        return client.list(UpstreamRequest.get("listTags", "/tags").with("page", token));
    }

    /** There is no request for a single tag. */
    @Override
    public Mono<Tag> find(String remoteId) {
        return list().flatMap(list -> Mono.justOrEmpty(list.find(remoteId)));
    }

    @Override
    public Mono<Tag> create(TagDraft draft) {
        Map<String, @Nullable String> body = new LinkedHashMap<>();
        body.put("name", draft.name());
        if (draft.hex() != null) {
            body.put("color", draft.hex());
        }
        if (draft.description() != null) {
            body.put("description", draft.description());
        }
        UpstreamRequest request = UpstreamRequest.write(HttpMethod.POST, "createTag", body, "/tags");
        return tagIn(client.write(request));
    }

    /** Clearing a description is not documented. Null is tried first, and then an empty text if that had no effect. */
    @Override
    public Mono<Tag> update(Tag tag, TagChange change) {
        boolean clears = change.description() != null && change.description().isEmpty();
        return patch(tag, change, clears ? null : change.description())
                .flatMap(changed -> clears && changed.description() != null
                        ? patch(tag, new TagChange(null, null, ""), "")
                        : Mono.just(changed));
    }

    @Override
    public Mono<Void> delete(Tag tag) {
        UpstreamRequest request =
                UpstreamRequest.write(HttpMethod.DELETE, "deleteTag", null, "/tags/{id}", tag.remoteId());
        return client.send(request)
                .filter(written -> written == Written.UNCLEAR)
                .onErrorResume(SipsimTagSource::isGone, gone -> Mono.empty())
                .flatMap(unclear -> list())
                .flatMap(list -> list.find(tag.remoteId()) == null ? Mono.empty() : Mono.error(invalidResponse()))
                .then();
    }

    @Override
    public Color storedColor(String hex) {
        return Color.read(hex);
    }

    private Mono<Tag> patch(Tag tag, TagChange change, @Nullable String description) {
        Map<String, @Nullable String> body = new LinkedHashMap<>();
        if (change.name() != null) {
            body.put("name", change.name());
        }
        if (change.hex() != null) {
            body.put("color", change.hex());
        }
        if (change.description() != null) {
            body.put("description", description);
        }
        UpstreamRequest request =
                UpstreamRequest.write(HttpMethod.PATCH, "updateTag", body, "/tags/{id}", tag.remoteId());
        return client.write(request)
                .filter(SipsimTagSource::isComplete)
                .mapNotNull(SipsimMapper::tag)
                .filter(written -> written.remoteId().equals(tag.remoteId()))
                .switchIfEmpty(Mono.defer(() -> changed(tag, new TagChange(change.name(), change.hex(), description))));
    }

    /** A response without the tag does not show the change, so the list is read. */
    private Mono<Tag> changed(Tag before, TagChange change) {
        return list().flatMap(list -> Mono.justOrEmpty(list.find(before.remoteId())))
                .filter(after -> change.isVisible(before, after))
                .switchIfEmpty(Mono.error(SipsimTagSource::invalidResponse));
    }

    private static Mono<Tag> tagIn(Mono<VendorJson> written) {
        return written.filter(SipsimTagSource::isComplete)
                .mapNotNull(SipsimMapper::tag)
                .switchIfEmpty(Mono.error(SipsimTagSource::invalidResponse));
    }

    /** Whether a response has all documented fields, so that no default value is taken for the vendor's. */
    private static boolean isComplete(VendorJson fields) {
        return fields.text("name") != null && fields.values().containsKey("color");
    }

    private static SourceException invalidResponse() {
        return SourceException.of(Vendor.SIPSIM, FailureReason.INVALID_RESPONSE);
    }

    private static boolean isGone(Throwable error) {
        return error instanceof SourceException failure && failure.reason() == FailureReason.NOT_FOUND;
    }

    /**
     * Fails instead of returning a part of the tags. Entries without an id, and a loop of pages, make the list
     * incomplete.
     */
    private static TagList list(PageSequence<Page> pages) {
        if (pages.end() == End.TOO_MANY_PAGES) {
            throw SourceException.of(Vendor.SIPSIM, FailureReason.INVALID_RESPONSE);
        }
        List<Page> read = pages.pages();
        List<VendorJson> items =
                read.stream().flatMap(page -> page.items().stream()).toList();
        List<Tag> tags = SipsimMapper.tags(items, true);
        boolean complete = pages.end() == End.LAST_PAGE
                && tags.size() == items.size()
                && read.stream().allMatch(Page::complete);
        TagList list = TagList.of(tags, read.getLast().receivedAt());
        return complete ? list : list.incomplete();
    }
}
