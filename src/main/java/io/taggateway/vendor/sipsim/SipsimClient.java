package io.taggateway.vendor.sipsim;

import io.taggateway.upstream.Fields;
import io.taggateway.upstream.UpstreamClient;
import io.taggateway.upstream.UpstreamRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** SIPSIM's API v2: its paths, its envelope and its pagination. */
final class SipsimClient {

    private final UpstreamClient upstream;

    SipsimClient(UpstreamClient upstream) {
        this.upstream = upstream;
    }

    /** The entries of one page of a list. */
    Mono<Page> list(UpstreamRequest request) {
        return upstream.fetch(request, SipsimClient::page);
    }

    /** The one entry that an answer is about. */
    Mono<Fields> find(UpstreamRequest request) {
        return upstream.fetch(request, (envelope, at) -> failed(envelope) ? null : envelope.object("data"));
    }

    private static @Nullable Page page(Fields envelope, Instant receivedAt) {
        List<Fields> items = envelope.objects("data");
        if (items == null || failed(envelope)) {
            return null;
        }
        Fields pagination = envelope.object("pagination");
        boolean more = pagination != null && pagination.isTrue("has_more");
        String token = pagination == null ? null : pagination.text("page");
        String next = more && token != null && !token.isEmpty() ? token : null;
        return new Page(items, next, more && next == null, receivedAt);
    }

    /** An error in the envelope of an answer with status 200 is an error all the same. */
    private static boolean failed(Fields envelope) {
        List<String> errors = envelope.texts("errors");
        Integer status = envelope.integer("status");
        return (errors != null && !errors.isEmpty()) || (status != null && status >= 400);
    }

    /**
     * One page of a list.
     *
     * @param next the token of the page after; null on the last page
     * @param cut whether there is more, but no token that leads there
     */
    record Page(List<Fields> items, @Nullable String next, boolean cut, Instant receivedAt) {}
}
