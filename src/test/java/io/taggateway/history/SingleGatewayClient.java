package io.taggateway.history;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends operations to one gateway, and cancels some of them. The gateway must respond to all others. */
record SingleGatewayClient(String url) implements HistoryClient {

    private static final HttpClient HTTP = newClient();

    /** The gateway's own deadline, with a margin for a busy machine. */
    private static final Duration LATEST = Duration.ofSeconds(20);

    /** The data of a response; null if the caller disconnects before, or there is none. */
    @Override
    public @Nullable JsonNode ask(String document, Random random) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/graphql"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", document))))
                .build();
        JsonNode data = random.nextInt(8) == 0
                ? receiveOrLeave(request, 1 + random.nextInt(40))
                : received(HTTP.sendAsync(request, BodyHandlers.ofString()), LATEST.toMillis(), document);
        return data != null && data.isObject() ? data : null;
    }

    /**
     * A separate client, as the JDK's client may close the connection of a cancelled request while it sends the next
     * request on it.
     */
    private @Nullable JsonNode receiveOrLeave(HttpRequest request, long patience) {
        HttpClient client = newClient();
        try {
            return received(client.sendAsync(request, BodyHandlers.ofString()), patience, null);
        } finally {
            client.shutdownNow();
        }
    }

    /** The data; null if there is none in time. If a document is given, this fails instead. */
    private static @Nullable JsonNode received(
            CompletableFuture<HttpResponse<String>> response, long patience, @Nullable String document) {
        try {
            return JsonMapper.shared()
                    .readTree(response.get(patience, TimeUnit.MILLISECONDS).body())
                    .path("data");
        } catch (TimeoutException e) {
            if (document != null) {
                throw new IllegalStateException("No response to " + document, e);
            }
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("No response to " + document, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
