package io.taggateway.support;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The data of the simulated vendors, read from their own HTTP APIs, and the requests that changed it. */
public final class VendorRecordClient {

    private static final String WORKSPACE = "/workspaces/" + SwipeOneOptions.WORKSPACE_ID;

    private final SandboxVendor<SipsimOptions> sipsim;
    private final SandboxVendor<SwipeOneOptions> swipeone;

    private VendorRecordClient(SandboxVendor<SipsimOptions> sipsim, SandboxVendor<SwipeOneOptions> swipeone) {
        this.sipsim = sipsim;
        this.swipeone = swipeone;
    }

    public static VendorRecordClient of(TestGateway gateway) {
        return new VendorRecordClient(gateway.sipsim(), gateway.swipeone());
    }

    public static VendorRecordClient of(Sandbox sandbox) {
        return new VendorRecordClient(sandbox.sipsim(), sandbox.swipeone());
    }

    /** SIPSIM's tags, such as {@code Spam #111827} or {@code Billing #0090FF: Invoices and payments}. */
    public List<String> sipsimTags() {
        return requestSipsim("GET", "/tags?limit=1000", "")
                .path("data")
                .valueStream()
                .map(tag ->
                        tag.path("name").asString() + ' ' + tag.path("color").asString() + described(tag))
                .toList();
    }

    /** Swipe One's tags, such as {@code Billing blue}. */
    public List<String> swipeoneTags() {
        return requestSwipeone("GET", WORKSPACE + "/tags", "")
                .at("/data/tags")
                .valueStream()
                .map(tag ->
                        tag.path("label").asString() + ' ' + tag.path("color").asString())
                .toList();
    }

    /** The names of a call's tags. */
    public List<String> callTags(String id) {
        return requestSipsim("GET", "/calls/" + id, "")
                .at("/data/tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .toList();
    }

    /** The names of a contact's tags. */
    public List<String> contactTags(String id) {
        return requestSwipeone("GET", "/contacts/" + id, "")
                .at("/data/contact/tags")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** Creates a tag directly at the vendor, and returns its id. */
    public String addSipsimTag(String name, String color) {
        return requestSipsim("POST", "/tags", "{\"name\": \"" + name + "\", \"color\": \"" + color + "\"}")
                .at("/data/id")
                .asString();
    }

    /** Creates a tag directly at the vendor, and returns its id. */
    public String addSwipeoneTag(String label, String color) {
        return requestSwipeone(
                        "POST", WORKSPACE + "/tags", "{\"label\": \"" + label + "\", \"color\": \"" + color + "\"}")
                .at("/data/tag/_id")
                .asString();
    }

    /** Replaces a contact's tags directly at the vendor. */
    public void tagContact(String id, String... keys) {
        String tags = Stream.of(keys).map(key -> '"' + key + '"').toList().toString();
        requestSwipeone("POST", "/contacts/" + id + "/tags", "{\"tags\": " + tags + "}");
    }

    public JsonNode requestSipsim(String method, String path, String body) {
        String token = "Bearer " + SipsimOptions.ACCESS_TOKEN;
        return JsonClient.send(method, sipsim.baseUrl() + path, "Authorization", token, body)
                .join();
    }

    public JsonNode requestSwipeone(String method, String path, String body) {
        return JsonClient.send(method, swipeone.baseUrl() + path, "x-api-key", SwipeOneOptions.API_KEY, body)
                .join();
    }

    /** The write requests, SIPSIM's first. */
    public List<String> writes() {
        return Stream.concat(sipsim.requests().stream(), swipeone.requests().stream())
                .filter(request -> !isRead(request))
                .map(request -> request.method() + ' ' + request.path())
                .toList();
    }

    /** How many requests were reads. */
    public long reads() {
        return Stream.concat(sipsim.requests().stream(), swipeone.requests().stream())
                .filter(VendorRecordClient::isRead)
                .count();
    }

    private static boolean isRead(SandboxRequest request) {
        return request.method().equals("GET") || request.path().endsWith("/contacts/search");
    }

    private static String described(JsonNode tag) {
        String description = tag.path("description").asString("");
        return description.isEmpty() ? "" : ": " + description;
    }
}
