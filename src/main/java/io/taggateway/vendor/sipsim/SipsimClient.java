package io.taggateway.vendor.sipsim;

import io.taggateway.upstream.http.SingleTagAssignments.Written;
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

    /** The entry with an id; an entry with another id belongs to another request. */
    Mono<VendorJson> find(UpstreamRequest request, String id) {
        return upstream.fetch(request, (envelope, at) -> {
            VendorJson entry = failed(envelope) ? null : envelope.object("data");
            String found = entry == null ? null : entry.text("id");
            boolean other = found != null && !found.equals(id);
            return entry == null || other || entry.values().isEmpty() ? null : entry;
        });
    }

    /** The tag in the response to a write; empty if the body does not have it. */
    Mono<VendorJson> write(UpstreamRequest request) {
        return upstream.send(request, SipsimClient::failed).flatMap(response -> {
            VendorJson envelope = response.fields();
            return Mono.justOrEmpty(envelope == null ? null : envelope.object("data"));
        });
    }

    /** The result of a write whose response has no entry. */
    Mono<Written> send(UpstreamRequest request) {
        return upstream.send(request, SipsimClient::failed).map(SipsimClient::written);
    }

    /** A write is done if the response is as documented: 201, 204, or an envelope with such a status. */
    private static Written written(UpstreamClient.VendorResponse response) {
        if (response.status() == 204) {
            return response.repeated() ? Written.DONE : Written.DONE_BEFORE;
        }
        return response.status() == 201 || isSuccess(response.fields()) ? Written.DONE : Written.UNCLEAR;
    }

    private static boolean isSuccess(@Nullable VendorJson envelope) {
        Integer status = envelope == null ? null : envelope.integer("status");
        return envelope != null
                && status != null
                && status / 100 == 2
                && !envelope.has("error")
                && !envelope.has("errors")
                && !"false".equals(envelope.text("success"));
    }

    private static @Nullable Page page(VendorJson envelope, Instant receivedAt) {
        VendorJson pagination = envelope.object("pagination");
        List<VendorJson> items = envelope.objects("data");
        if (items == null && pagination != null && !envelope.has("data") && isZero(pagination.integer("count"))) {
            items = List.of();
        }
        if (items == null || failed(envelope)) {
            return null;
        }
        boolean more = pagination != null && !"false".equals(pagination.text("has_more"));
        String token = pagination == null ? null : pagination.text("page");
        String next = more && token != null && !token.isEmpty() ? token : null;
        boolean lost = next == null && pagination != null && pagination.isTrue("has_more");
        return new Page(items, next, !lost && items.size() == envelope.size("data"), receivedAt);
    }

    private static boolean isZero(@Nullable Integer count) {
        return count != null && count == 0;
    }

    /** An error in the envelope of a response with status 200 is an error, too. */
    private static boolean failed(VendorJson envelope) {
        List<String> errors = envelope.texts("errors");
        return errors != null && !errors.isEmpty();
    }

    /**
     * One page of a list.
     *
     * @param next the token of the page after; null on the last page
     * @param complete false if there is more without a token for it, or an entry is not an object
     */
    record Page(List<VendorJson> items, @Nullable String next, boolean complete, Instant receivedAt) {}
}
