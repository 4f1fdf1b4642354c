package io.taggateway.access.documents;

import static io.taggateway.access.documents.GraphQlPost.GRAPHQL;
import static io.taggateway.access.documents.GraphQlPost.JSON;
import static io.taggateway.access.documents.GraphQlPost.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.NodeScript;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of automatic persisted queries in Apollo's protocol. */
@GatewayTest
class AutomaticPersistedQueryTests {

    private final TestGateway gateway;
    private final WebTestClient http;

    AutomaticPersistedQueryTests(TestGateway gateway) {
        this.gateway = gateway;
        this.http = gateway.http();
    }

    @ParameterizedTest
    @CsvSource({JSON + ", 200", GRAPHQL + ", 400"})
    void returnsPersistedQueryNotFoundWhenHashIsUnknown(String accepted, int status) {
        JsonNode error = GraphQlPost.id(sha256("never sent"))
                .send(http, accepted, status)
                .at("/errors/0");
        assertThat(error.path("message").asString()).isEqualTo("PersistedQueryNotFound");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(error.at("/extensions/classification").asString()).isEqualTo("BAD_REQUEST");
        assertThat(error.at("/extensions/retryable").asBoolean(true)).isFalse();
        assertThat(error.at("/extensions/errorId").asString()).hasSize(36);
    }

    @Test
    void documentIsFoundByItsHashAfterItWasRegistered() {
        String document = "query A { vendors { vendor } } query B($id: ID!) { tag(id: $id) { name } }";
        String hash = sha256(document);
        GraphQlPost asked = GraphQlPost.id(hash.toUpperCase(Locale.ROOT))
                .with("operationName", "B")
                .with("variables", Map.of("id", "sipsim:tag:1"));
        assertThat(asked.refusal(http)).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        GraphQlPost sent = GraphQlPost.of(document, hash).with("operationName", "A");
        assertThat(sent.send(http).at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(asked.send(http).at("/data/tag/name").asString()).isNotEmpty();
        assertThat(asked.with("query", "").send(http).at("/data/tag/name").asString())
                .isNotEmpty();
    }

    @Test
    void documentIsRefusedAndNotRegisteredWhenItsHashDiffers() {
        String document = "query OtherHash { tags { totalCount } }";
        String wrong = sha256(document + " ");
        assertThat(GraphQlPost.of(document, wrong).refusal(http)).isEqualTo("PERSISTED_QUERY_HASH_MISMATCH");
        assertThat(GraphQlPost.id(wrong).refusal(http)).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(GraphQlPost.id(sha256(document)).refusal(http)).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void requestIsRefusedWhenHashAndTextBelongToDifferentDocuments() {
        String known = "query Known { vendors { vendor } }";
        String hash = sha256(known);
        assertThat(GraphQlPost.of(known, hash).send(http).has("data")).isTrue();
        assertThat(GraphQlPost.of("query Other { vendors { vendor } }", hash).refusal(http))
                .isEqualTo("PERSISTED_QUERY_HASH_MISMATCH");
    }

    @ParameterizedTest
    @CsvSource({"query NotKept { tags {, GRAPHQL_PARSE_FAILED", "query NotKept { nope }, GRAPHQL_VALIDATION_FAILED"})
    void documentIsNotCachedWhenItCannotBeExecuted(String document, String code) {
        assertThat(GraphQlPost.of(document, sha256(document)).refusal(http)).isEqualTo(code);
        assertThat(GraphQlPost.id(sha256(document)).refusal(http)).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void longDocumentIsExecutedAndNotCached() {
        String document = "{ vendors { vendor } } #" + "x".repeat(DocumentCache.MAX_LENGTH);
        assertThat(GraphQlPost.of(document, sha256(document)).send(http).has("data"))
                .isTrue();
        assertThat(GraphQlPost.id(sha256(document)).refusal(http)).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": 2, \"sha256Hash\": \"HASH\"}",
                "{\"version\": \"1\", \"sha256Hash\": \"HASH\"}",
                "{\"version\": 1.5, \"sha256Hash\": \"HASH\"}",
                "{\"sha256Hash\": \"HASH\"}",
                "{\"version\": 1}",
                "{\"version\": 1, \"sha256Hash\": null}",
                "{\"version\": 1, \"sha256Hash\": 7}",
                "{\"version\": 1, \"sha256Hash\": [\"HASH\"]}",
                "{\"version\": 1, \"sha256Hash\": \"\"}",
                "{\"version\": 1, \"sha256Hash\": \"HASH0\"}",
                "{\"version\": 1, \"sha256Hash\": \"abc\"}",
                "[]",
                "\"HASH\"",
                "1"
            })
    void invalidExtensionIsABadRequest(String extension) {
        String document = "{ tags { totalCount } }";
        Object value = JsonMapper.shared().readValue(extension.replace("HASH", sha256(document)), Object.class);
        GraphQlPost alone = new GraphQlPost(Map.of("extensions", Map.of("persistedQuery", value)));
        assertThat(alone.refusal(http)).isEqualTo("BAD_REQUEST");
        assertThat(alone.with("query", document).refusal(http)).isEqualTo("BAD_REQUEST");
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void documentIsRefusedWhenItContainsAnUnpairedSurrogate() {
        assertThat(GraphQlPost.text("{ tags(filter: {nameContains: \"\ud83d\"}) { totalCount } }")
                        .refusal(http))
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void textIsParsedAsADocumentWhenItIsNoKnownHash() {
        assertThat(GraphQlPost.text("PersistedQueryMarker").refusal(http)).isEqualTo("GRAPHQL_PARSE_FAILED");
    }

    @Test
    void documentIsRegisteredAndFoundByGet() {
        String document = "query ByGet { vendors { vendor } }";
        String hash = sha256(document);
        assertThat(get(null, hash, 200).at("/errors/0/extensions/code").asString())
                .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(get(document, hash, 200).at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(get(null, hash, 200).at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(GraphQlPost.id(hash).send(http).at("/data/vendors")).hasSize(Vendor.values().length);
    }

    @Test
    void registeredMutationIsRefusedByGet() {
        String document = "mutation { deleteTag(input: {id: \"sipsim:tag:1\", dryRun: true}) { deletedTagId } }";
        String hash = sha256(document);
        assertThat(GraphQlPost.of(document, hash).send(http).has("data")).isTrue();
        gateway.clearRequests();
        assertThat(get(null, hash, 405).has("data")).isFalse();
        assertThat(gateway.requestCount()).isZero();
    }

    private JsonNode get(@Nullable String document, String hash, int status) {
        String extensions = "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}";
        byte[] response = http.get()
                .uri(uri -> {
                    uri.path("/graphql").queryParam("extensions", "{extensions}");
                    return document == null
                            ? uri.build(extensions)
                            : uri.queryParam("query", "{query}").build(extensions, document);
                })
                .header("Accept", JSON)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(response == null ? new byte[0] : response);
    }

    @SlowTest
    @Test
    void publicClientsSendTheDocumentOnce() throws Exception {
        JsonNode seen =
                JsonMapper.shared().readTree(NodeScript.named("persisted.mjs").run(gateway.url() + "/graphql"));
        for (String client : List.of("hive", "apollo")) {
            assertThat(seen.path(client).path("vendors")).as(client).hasSize(Vendor.values().length);
            assertThat(seen.path(client).path("queriesSent").findValuesAsString("with"))
                    .as(client)
                    .containsExactly("false", "true", "false");
        }
    }
}
