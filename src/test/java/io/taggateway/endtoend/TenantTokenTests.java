package io.taggateway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the OAuth tokens of two tenants with the same vendor at the same address. */
@SlowTest
class TenantTokenTests {

    private static final int OPERATIONS = 60;
    private static final List<String> TENANTS = List.of("acme", "bolt");
    private static final Pattern CLIENT = Pattern.compile("client_id=([^&]*)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger issued = new AtomicInteger();
    private final Map<String, String> clients = new ConcurrentHashMap<>();
    private final Map<String, Integer> unauthorized = new ConcurrentHashMap<>();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/oauth/token", this::issue);
        server.createContext("/api/", this::list);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.close();
        http.close();
    }

    @Test
    void requestsHaveTokensOfTheirTenantOnly() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "GATEWAY_SECURITY_MODE", "api-key",
                "GATEWAY_TAGS_FRESH_FOR", "1ms",
                "GATEWAY_RESPONSE_CACHE_ENABLED", "false"));
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        for (String tenant : TENANTS) {
            String vendor = "gateway.tenants." + tenant + ".vendors.sipsim.";
            variables.put(vendor + "base-url", origin + "/api");
            variables.put(vendor + "token-url", origin + "/oauth/token");
            variables.put(vendor + "client-id", tenant);
            variables.put(vendor + "client-secret", "secret");
            String key = "gateway.security.api-keys." + tenant + '.';
            variables.put(key + "sha256", ApiKeyDigest.of("key-of-" + tenant));
            variables.put(key + "tenant", tenant);
            variables.put(key + "scopes", "tags.read");
        }
        try (RunningGateway gateway = RunningGateway.start(variables)) {
            Map<String, List<CompletableFuture<HttpResponse<String>>>> answers = new HashMap<>();
            for (int i = 0; i < OPERATIONS; i++) {
                for (String tenant : TENANTS) {
                    answers.computeIfAbsent(tenant, first -> new ArrayList<>())
                            .add(send(gateway.caller().url(), tenant));
                }
            }
            answers.forEach((tenant, all) ->
                    all.forEach(response -> assertThat(response.join().body())
                            .contains("\"name\":\"Tag of " + tenant + "\"")
                            .doesNotContain("errors")));
        }
        assertThat(issued.get()).isGreaterThanOrEqualTo(2 * TENANTS.size());
        assertThat(unauthorized.keySet()).containsExactlyInAnyOrderElementsOf(TENANTS);
    }

    private CompletableFuture<HttpResponse<String>> send(String url, String tenant) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(url + "/graphql"))
                        .header("Content-Type", "application/json")
                        .header("X-API-Key", "key-of-" + tenant)
                        .POST(BodyPublishers.ofString("{\"query\":\"{ tags { nodes { name } } }\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private void issue(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String client = CLIENT.matcher(form)
                .results()
                .map(match -> URLDecoder.decode(match.group(1), UTF_8))
                .findFirst()
                .orElse("");
        String token = "token-" + issued.incrementAndGet();
        clients.put(token, client);
        respond(exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    /**
     * Refuses the first token of each client, so that the gateway requests another one while requests are in progress.
     */
    private void list(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
        String client = clients.getOrDefault(token, "nobody");
        int number = Integer.parseInt(token.substring("token-".length()));
        int first = unauthorized.merge(client, number, Math::min);
        if (number == first) {
            respond(exchange, 401, "{\"error\":{\"code\":\"unauthorized\"}}");
        } else {
            respond(
                    exchange,
                    200,
                    "{\"data\":[{\"id\":1,\"name\":\"Tag of " + client
                            + "\",\"color\":\"#112233\",\"description\":\"\"}]," + "\"pagination\":{}}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
