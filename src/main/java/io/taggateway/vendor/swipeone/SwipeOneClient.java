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
        return UpstreamRequest.list(operation, "/workspaces/{id}" + path, workspaceId);
    }

    /** A search below the workspace. */
    UpstreamRequest search(String operation, Object body, String path) {
        return UpstreamRequest.search(operation, body, "/workspaces/{id}" + path, workspaceId);
    }

    /** The object in the response to a write; empty if the body does not have it. */
    Mono<VendorJson> write(UpstreamRequest request, String name) {
        return upstream.send(request, SwipeOneClient::failed).flatMap(response -> {
            VendorJson envelope = response.fields();
            VendorJson data = envelope == null ? null : envelope.object("data");
            return Mono.justOrEmpty(data == null ? null : data.object(name));
        });
    }

    /** A write below the workspace. */
    UpstreamRequest create(String operation, Object body, String path) {
        return UpstreamRequest.write(HttpMethod.POST, operation, body, "/workspaces/{id}" + path, workspaceId);
    }

    /** A list in a response, with its envelope. */
    Mono<Listing> list(UpstreamRequest request, String name) {
        return upstream.fetch(request, (envelope, at) -> {
            VendorJson data = data(envelope);
            Integer count = data == null ? null : data.integer("count");
            boolean empty = data != null && !data.has(name) && count != null && count == 0;
            List<VendorJson> items = data == null || empty ? List.of() : data.objects(name);
            return data == null || items == null ? null : new Listing(items, data, at);
        });
    }

    /** The entry with an id; an entry with another id belongs to another request. */
    Mono<VendorJson> find(UpstreamRequest request, String name, String id) {
        return upstream.fetch(request, (envelope, at) -> {
            VendorJson entry = entry(envelope, name);
            String found = entry == null ? null : entry.text("_id", "id");
            return found == null || found.equalsIgnoreCase(id) ? entry : null;
        });
    }

    /** The single entry of a response. */
    Mono<VendorJson> find(UpstreamRequest request, String name) {
        return upstream.fetch(request, (envelope, at) -> entry(envelope, name));
    }

    private static @Nullable VendorJson entry(VendorJson envelope, String name) {
        VendorJson data = data(envelope);
        VendorJson entry = data == null ? null : data.object(name);
        return entry == null && data != null && data.text("_id", "email", "label") != null ? data : entry;
    }

    /** An error in the envelope of a response with status 200 is an error, too. */
    private static boolean failed(VendorJson envelope) {
        String status = envelope.text("status");
        String word = status == null ? "" : status.toLowerCase(Locale.ROOT);
        return word.equals("fail") || word.equals("error");
    }

    private static @Nullable VendorJson data(VendorJson envelope) {
        return failed(envelope) ? null : envelope.object("data");
    }

    /**
     * A list and its envelope: {@code count}, {@code searchAfter} and {@code searchBefore}.
     *
     * @param data holds the list and the rest
     */
    record Listing(List<VendorJson> items, VendorJson data, Instant receivedAt) {}
}
