package io.taggateway.history;

import io.taggateway.cluster.RoundRobinProxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends operations of a tenant to several gateways behind a proxy, records the responses, and leaves some early. A
 * gateway that is ended loses its requests.
 *
 * @param key the API key of the tenant
 */
record ReplicaClient(String url, String tenant, String key, ResponseRecord responses) implements HistoryClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Longer than any response takes with the pauses of its gateway. */
    private static final Duration LATEST = Duration.ofSeconds(40);

    /** Tag lists are kept for 2 seconds, and the machine may be busy. */
    private static final Duration STALENESS = Duration.ofSeconds(8);

    @Override
    public Duration delay() {
        return Duration.ofMillis(250);
    }

    @Override
    public Duration staleness() {
        return STALENESS;
    }

    @Override
    public @Nullable JsonNode ask(String document, Random random) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/graphql"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("X-API-Key", key)
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", document))))
                .build();
        boolean leaves = random.nextInt(10) == 0;
        long patience = leaves ? 1 + random.nextInt(40) : LATEST.toMillis();
        long from = System.nanoTime();
        try {
            HttpResponse<String> response =
                    HTTP.sendAsync(request, BodyHandlers.ofString()).get(patience, TimeUnit.MILLISECONDS);
            return recorded(document, response, from);
        } catch (TimeoutException e) {
            if (!leaves) {
                responses.add(tenant, document, 0, "no response", from, System.nanoTime());
            }
            return null;
        } catch (ExecutionException e) {
            // The proxy closes the connection if that of the gateway ends within a response
            responses.lost(document, from, System.nanoTime());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private @Nullable JsonNode recorded(String document, HttpResponse<String> response, long from) {
        if (response.statusCode() == RoundRobinProxy.LOST) {
            if (!response.body().equals(RoundRobinProxy.NONE_READY)) {
                responses.lost(document, from, System.nanoTime());
            }
            return null;
        }
        responses.add(tenant, document, response.statusCode(), response.body(), from, System.nanoTime());
        JsonNode data = JsonMapper.shared().readTree(response.body()).path("data");
        return data.isObject() ? data : null;
    }
}
