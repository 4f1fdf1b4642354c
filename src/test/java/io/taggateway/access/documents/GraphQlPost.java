package io.taggateway.access.documents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a request of a client that uses persisted documents. */
record GraphQlPost(Map<String, Object> body) {

    /** An unpaired surrogate can only be sent as an escape sequence. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static final String GRAPHQL = "application/graphql-response+json";
    static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    /** Sends a document's text, its id, or both. */
    static GraphQlPost of(@Nullable String query, @Nullable String id) {
        Map<String, Object> body = new HashMap<>();
        if (query != null) {
            body.put("query", query);
        }
        if (id != null) {
            body.put("extensions", Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", id)));
        }
        return new GraphQlPost(body);
    }

    static GraphQlPost text(String query) {
        return of(query, null);
    }

    static GraphQlPost id(String id) {
        return of(null, id);
    }

    GraphQlPost with(String member, Object value) {
        Map<String, Object> more = new HashMap<>(body);
        more.put(member, value);
        return new GraphQlPost(more);
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The response of a gateway, whatever its status. */
    JsonNode send(WebTestClient http) {
        return json(exchange(http, JSON));
    }

    JsonNode send(WebTestClient http, String accepted, int status) {
        return json(exchange(http, accepted).expectStatus().isEqualTo(status));
    }

    private WebTestClient.ResponseSpec exchange(WebTestClient http, String accepted) {
        return http.post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Accept", accepted)
                .bodyValue(ASCII.writeValueAsString(body))
                .exchange();
    }

    private static JsonNode json(WebTestClient.ResponseSpec response) {
        byte[] result = response.expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(result == null ? new byte[0] : result);
    }

    /** The code of the only error of a response without data. */
    String refusal(WebTestClient http) {
        JsonNode result = send(http);
        if (result.has("data") || result.path("errors").size() != 1) {
            throw new AssertionError("Not refused: " + result);
        }
        return result.at("/errors/0/extensions/code").asString();
    }
}
