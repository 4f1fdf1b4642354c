package io.taggateway.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A client for JSON over HTTP. */
public final class JsonClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private JsonClient() {}

    /** The response to a GraphQL document. */
    public static JsonNode execute(String gatewayUrl, String document) {
        return executeAsync(gatewayUrl, document).join();
    }

    /** The response to a GraphQL document, which is sent at once. */
    public static CompletableFuture<JsonNode> executeAsync(String gatewayUrl, String document) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("query", document));
        return send("POST", gatewayUrl + "/graphql", "Accept", "application/json", body);
    }

    /** The response to a request, whatever its status. */
    static CompletableFuture<JsonNode> send(String method, String url, String header, String value, String body) {
        BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header(header, value)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> response.body().isEmpty()
                        ? MissingNode.getInstance()
                        : JsonMapper.shared().readTree(response.body()));
    }
}
