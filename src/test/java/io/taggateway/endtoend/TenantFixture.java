package io.taggateway.endtoend;

import io.taggateway.endtoend.CredentialProxy.Received;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.support.EventStream;
import io.taggateway.support.VendorRecordClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tenant with a caller and its own vendors, whose tag names all end with the tenant's name. */
final class TenantFixture implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Sandbox sandbox = Sandbox.start();
    private final CredentialProxy sipsim =
            new CredentialProxy(sandbox.sipsim(), "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);
    private final CredentialProxy swipeone =
            new CredentialProxy(sandbox.swipeone(), "x-api-key", SwipeOneOptions.API_KEY);
    private final String name;

    TenantFixture(String name) {
        this.name = name;
        VendorRecordClient records = VendorRecordClient.of(sandbox);
        records.requestSipsim("GET", "/tags?limit=1000", "")
                .path("data")
                .forEach(tag -> records.requestSipsim(
                        "PATCH",
                        "/tags/" + tag.path("id").asString(),
                        json("name", own(tag.path("name").asString()))));
        records.requestSwipeone("GET", "/workspaces/" + SwipeOneOptions.WORKSPACE_ID + "/tags", "")
                .at("/data/tags")
                .forEach(tag -> records.requestSwipeone(
                        "PATCH",
                        "/tags/" + tag.path("_id").asString(),
                        json("label", own(tag.path("label").asString()))));
    }

    private static String json(String key, String value) {
        return JsonMapper.shared().writeValueAsString(Map.of(key, value));
    }

    String name() {
        return name;
    }

    /** A name with this tenant's suffix. */
    String own(String text) {
        return text + " of " + name;
    }

    /** The credential of the caller. */
    String key() {
        return "key-of-" + name;
    }

    /** The tenant in a file of tenants, with the end of its credentials. */
    String settings(String end) {
        return """
                %1$s:
                  vendors:
                    sipsim:
                      base-url: %2$s
                      access-token: token-of-%1$s%4$s
                      webhook-secret: webhook-secret-of-%1$s
                      limits.response-timeout: 15s
                    swipeone:
                      base-url: %3$s
                      api-key: api-key-of-%1$s%4$s
                      workspace-id: %5$s
                      limits.response-timeout: 15s
            """.formatted(name, sipsim.baseUrl(), swipeone.baseUrl(), end, SwipeOneOptions.WORKSPACE_ID);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    CredentialProxy sipsim() {
        return sipsim;
    }

    /** The requests that both vendors received. */
    List<Received> received() {
        return Stream.concat(sipsim.received().stream(), swipeone.received().stream())
                .toList();
    }

    /** The requests that both vendors received with credentials other than this tenant's. */
    List<Received> foreign() {
        return received().stream()
                .filter(request -> !request.credential().matches("(Bearer token|api-key)-of-" + name))
                .toList();
    }

    /** The response to a body of a GraphQL request by the caller. */
    CompletableFuture<HttpResponse<String>> send(String url, Map<String, Object> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/graphql"))
                .header("X-API-Key", key())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString());
    }

    JsonNode execute(String url, String document) {
        return JsonMapper.shared()
                .readTree(send(url, Map.of("query", document)).join().body());
    }

    EventStream subscribe(String url, String document) {
        return EventStream.open(url, document, Map.of("X-API-Key", key()));
    }

    /** The status of a delivery of SIPSIM to some path, signed with this tenant's secret. */
    int deliver(String url, String path, String call, String tag) {
        String body = JsonMapper.shared()
                .writeValueAsString(
                        Map.of("event", "tags", "time", "2025-01-15T10:36:00Z", "pbx_id", call, "tags", List.of(tag)));
        String time = Long.toString(Instant.now().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("X-Webhook-Timestamp", time)
                .header("X-Webhook-Signature", signature(time + '.' + body))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.discarding()).join().statusCode();
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(("webhook-secret-of-" + name).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sipsim.close();
        swipeone.close();
        sandbox.close();
    }
}
