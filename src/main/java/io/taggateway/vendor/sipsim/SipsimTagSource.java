package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagChange;
import io.taggateway.tagging.source.TagDraft;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.upstream.http.VendorJson;
import io.taggateway.vendor.sipsim.SipsimClient.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/** The tags of a SIPSIM account. */
final class SipsimTagSource implements TagSource {

    /** So many tags nobody has; a list that goes on is broken, and a part of it is no answer. */
    private static final int MAX_PAGES = 100;

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
        return read(null, new ArrayList<>(), new HashSet<>(), true);
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

    /**
     * How a description is cleared is not documented: null is tried first, and an empty text where that did nothing.
     */
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
        return client.status(request)
                .onErrorResume(
                        error ->
                                error instanceof SourceException failure && failure.reason() == FailureReason.NOT_FOUND,
                        error -> Mono.empty())
                .then();
    }

    @Override
    public String storedColor(String hex) {
        return hex;
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
        return tagIn(
                client.write(UpstreamRequest.write(HttpMethod.PATCH, "updateTag", body, "/tags/{id}", tag.remoteId())));
    }

    private static Mono<Tag> tagIn(Mono<VendorJson> written) {
        return written.mapNotNull(SipsimMapper::tag)
                .switchIfEmpty(Mono.error(() -> SourceException.of(Vendor.SIPSIM, FailureReason.INVALID_RESPONSE)));
    }

    /**
     * Follows the pages to the end; a token that comes again would lead in circles, so it is the end too.
     *
     * @param complete whether all that came so far could be read
     */
    private Mono<TagList> read(@Nullable String token, List<Tag> tags, Set<String> visited, boolean complete) {
        UpstreamRequest request = UpstreamRequest.get("listTags", "/tags").with("page", token);
        return client.list(request).flatMap(page -> {
            List<Tag> read = SipsimMapper.tags(page.items(), true);
            tags.addAll(read);
            String next = next(page, visited);
            boolean whole = complete
                    && page.complete()
                    && read.size() == page.items().size()
                    && Objects.equals(next, page.next());
            if (visited.size() > MAX_PAGES) {
                return Mono.error(SourceException.of(Vendor.SIPSIM, FailureReason.INVALID_RESPONSE));
            }
            if (next != null) {
                return read(next, tags, visited, whole);
            }
            TagList list = TagList.of(tags, page.receivedAt());
            return Mono.just(whole ? list : list.incomplete());
        });
    }

    private static @Nullable String next(Page page, Set<String> visited) {
        String next = page.next();
        return next != null && visited.add(next) ? next : null;
    }
}
