package io.taggateway.vendor.sipsim;

import io.taggateway.upstream.http.UpstreamClient;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.upstream.http.VendorJson;
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
    Mono<VendorJson> find(UpstreamRequest request) {
        return upstream.fetch(request, (envelope, at) -> failed(envelope) ? null : envelope.object("data"));
    }

    /** What a write answers; empty where its body does not tell. */
    Mono<VendorJson> write(UpstreamRequest request) {
        return send(request).flatMap(answer -> {
            VendorJson envelope = answer.fields();
            return Mono.justOrEmpty(envelope == null ? null : envelope.object("data"));
        });
    }

    /** The answer to a write that succeeded. */
    Mono<UpstreamClient.Answer> send(UpstreamRequest request) {
        return upstream.send(request, SipsimClient::failed);
    }

    private static @Nullable Page page(VendorJson envelope, Instant receivedAt) {
        List<VendorJson> items = envelope.objects("data");
        if (items == null || failed(envelope)) {
            return null;
        }
        VendorJson pagination = envelope.object("pagination");
        boolean more = pagination != null && !"false".equals(pagination.text("has_more"));
        String token = pagination == null ? null : pagination.text("page");
        String next = more && token != null && !token.isEmpty() ? token : null;
        boolean lost = next == null && pagination != null && pagination.isTrue("has_more");
        return new Page(items, next, !lost && items.size() == envelope.size("data"), receivedAt);
    }

    /** An error in the envelope of an answer with status 200 is an error all the same. */
    private static boolean failed(VendorJson envelope) {
        List<String> errors = envelope.texts("errors");
        Integer status = envelope.integer("status");
        return (errors != null && !errors.isEmpty()) || (status != null && status >= 400);
    }

    /**
     * One page of a list.
     *
     * @param next the token of the page after; null on the last page
     * @param complete false where there is more but not said where, or an entry is no object
     */
    record Page(List<VendorJson> items, @Nullable String next, boolean complete, Instant receivedAt) {}
}
