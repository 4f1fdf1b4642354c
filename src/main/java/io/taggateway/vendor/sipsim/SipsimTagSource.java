package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.UpstreamRequest;
import io.taggateway.vendor.sipsim.SipsimClient.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tags of a SIPSIM account. */
final class SipsimTagSource implements TagSource {

    /** Far more than any account's tags need, as pages of 1000 are documented. */
    private static final int MAX_PAGES = 200;

    private final SipsimClient client;

    SipsimTagSource(SipsimClient client) {
        this.client = client;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SIPSIM;
    }

    @Override
    public Mono<TagList> list(Tenant tenant) {
        return read(null, new ArrayList<>(), new HashSet<>());
    }

    /** There is no request for a single tag. */
    @Override
    public Mono<Tag> find(Tenant tenant, String remoteId) {
        return list(tenant).flatMap(list -> Mono.justOrEmpty(list.find(remoteId)));
    }

    @Override
    public @Nullable TagList held(Tenant tenant) {
        return null;
    }

    /**
     * Follows the pages to the end; a token that comes again would lead in circles, so it is the end too. Where the end
     * cannot be reached there is no list, as a part of it must not pass for the whole.
     */
    private Mono<TagList> read(@Nullable String token, List<Tag> tags, Set<String> visited) {
        UpstreamRequest request = UpstreamRequest.get("listTags", "/tags").with("page", token);
        return client.list(request).flatMap(page -> {
            tags.addAll(SipsimMapper.tags(page.items(), true));
            if (page.cut() || visited.size() >= MAX_PAGES) {
                return Mono.error(SourceException.of(Vendor.SIPSIM, FailureReason.INVALID_RESPONSE));
            }
            String next = next(page, visited);
            return next == null ? Mono.just(TagList.of(tags, page.receivedAt())) : read(next, tags, visited);
        });
    }

    private static @Nullable String next(Page page, Set<String> visited) {
        String next = page.next();
        return next != null && visited.add(next) ? next : null;
    }
}
