package io.taggateway.vendor.swipeone;

import io.taggateway.upstream.http.UpstreamClient;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.upstream.http.VendorJson;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/** Swipe One's API: its paths and its envelope. */
final class SwipeOneClient {

    private final UpstreamClient upstream;
    private final String workspaceId;

    SwipeOneClient(UpstreamClient upstream, String workspaceId) {
        this.upstream = upstream;
        this.workspaceId = workspaceId;
    }

    /** A GET below the workspace. */
    UpstreamRequest ofWorkspace(String operation, String path) {
        return UpstreamRequest.get(operation, "/workspaces/{id}" + path, workspaceId);
    }

    /** A search below the workspace. */
    UpstreamRequest search(String operation, Object body, String path) {
        return UpstreamRequest.search(operation, body, "/workspaces/{id}" + path, workspaceId);
    }

    /** What a write answers; empty where its body does not tell. */
    Mono<VendorJson> write(UpstreamRequest request, String name) {
        return upstream.send(request, SwipeOneClient::failed).flatMap(answer -> {
            VendorJson envelope = answer.fields();
            VendorJson data = envelope == null ? null : envelope.object("data");
            return Mono.justOrEmpty(data == null ? null : data.object(name));
        });
    }

    /** A write below the workspace. */
    UpstreamRequest create(String operation, Object body, String path) {
        return UpstreamRequest.write(HttpMethod.POST, operation, body, "/workspaces/{id}" + path, workspaceId);
    }

    /** A list out of an answer, with what stands around it. */
    Mono<Listing> list(UpstreamRequest request, String name) {
        return upstream.fetch(request, (envelope, at) -> {
            VendorJson data = data(envelope);
            List<VendorJson> items = data == null ? null : data.objects(name);
            return data == null || items == null ? null : new Listing(items, data, at);
        });
    }

    /** The one entry that an answer is about. */
    Mono<VendorJson> find(UpstreamRequest request, String name) {
        return upstream.fetch(request, (envelope, at) -> {
            VendorJson data = data(envelope);
            VendorJson entry = data == null ? null : data.object(name);
            return entry == null && data != null && data.text("_id", "email", "label") != null ? data : entry;
        });
    }

    /** An error in the envelope of an answer with status 200 is an error all the same. */
    private static boolean failed(VendorJson envelope) {
        String status = envelope.text("status");
        String word = status == null ? "" : status.toLowerCase(Locale.ROOT);
        return word.equals("fail") || word.equals("error");
    }

    private static @Nullable VendorJson data(VendorJson envelope) {
        return failed(envelope) ? null : envelope.object("data");
    }

    /**
     * A list and what stands around it: {@code count}, {@code searchAfter} and {@code searchBefore}.
     *
     * @param data holds the list and the rest
     */
    record Listing(List<VendorJson> items, VendorJson data, Instant receivedAt) {}
}
