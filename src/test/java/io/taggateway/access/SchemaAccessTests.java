package io.taggateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.JsonClient;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/** Tests of introspection and the schema endpoint, enabled and disabled. */
@GatewayTest
class SchemaAccessTests {

    private final TestGateway gateway;

    SchemaAccessTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void schemaIsPrintedWithItsDescriptions() {
        String sdl = gateway.http()
                .get()
                .uri("/graphql/schema")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        TypeDefinitionRegistry schema = new SchemaParser().parse(Objects.requireNonNull(sdl));
        assertThat(schema.getTypeOrNull("Tag")).isNotNull();
        assertThat(schema.getTypeOrNull("TagRef")).isNotNull();
        assertThat(sdl).contains("input TagRef @oneOf", "The display name: SIPSIM's `name`, Swipe One's `label`.");
    }

    @Test
    void schemaForClientsExcludesFederation() {
        String sdl = gateway.http()
                .get()
                .uri("/graphql/schema.graphqls")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        TypeDefinitionRegistry schema = new SchemaParser().parse(Objects.requireNonNull(sdl));
        assertThat(schema.getTypeOrNull("Tag")).isNotNull();
        assertThat(sdl)
                .contains("input TagRef @oneOf", "scalar DateTime @specifiedBy", "The display name: SIPSIM's `name`")
                .doesNotContain("_entities", "_service", "_Any", "_Entity", "@key", "@link", "@shareable")
                .doesNotContain("requiresScopes", "authenticated", "link__", "FieldSet");
    }

    @Test
    void returnsNotModifiedWhenSchemaIsUnchanged() {
        HttpHeaders headers = schema(HttpMethod.GET, null, 200);
        String tag = headers.getETag();
        assertThat(tag).matches("W/\"[0-9a-f]{32}\"");
        assertThat(headers.getCacheControl()).isEqualTo("no-cache");
        for (String known : List.of(Objects.requireNonNull(tag), "\"other\", " + tag, "*")) {
            assertThat(schema(HttpMethod.GET, known, 304).getETag()).isEqualTo(tag);
        }
        schema(HttpMethod.GET, "\"other\"", 200);
    }

    @Test
    void schemaIsServedByReadingMethodsOnly() {
        assertThat(schema(HttpMethod.HEAD, null, 200).getETag())
                .isEqualTo(schema(HttpMethod.GET, null, 200).getETag());
        Set<HttpMethod> allowed = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
        assertThat(schema(HttpMethod.OPTIONS, null, 204).getAllow()).isEqualTo(allowed);
        for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
            assertThat(schema(method, null, 405).getAllow()).isEqualTo(allowed);
        }
    }

    private HttpHeaders schema(HttpMethod method, @Nullable String known, int status) {
        EntityExchangeResult<byte[]> response = gateway.http()
                .method(method)
                .uri("/graphql/schema")
                .headers(headers -> {
                    if (known != null) {
                        headers.set(HttpHeaders.IF_NONE_MATCH, known);
                    }
                })
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult();
        boolean whole = status == 200 && method.equals(HttpMethod.GET);
        assertThat(response.getResponseBody() == null).isEqualTo(!whole);
        return response.getResponseHeaders();
    }

    @SlowTest
    @Test
    void schemaResponseIsCacheable() {
        Map<String, String> variables =
                Map.of("GATEWAY_SCHEMA_ENABLED", "false", "GATEWAY_INTROSPECTION_ENABLED", "false");
        try (RunningGateway closed = RunningGateway.start(variables)) {
            GatewayClient caller = closed.caller();
            caller.http()
                    .get()
                    .uri("/graphql/schema")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody();
            assertIntrospectionDisabled(caller);
            assertThat(JsonClient.execute(caller.url(), "{ _service { sdl } }").toString())
                    .contains("INTROSPECTION_DISABLED")
                    .doesNotContain("TagRef");
            assertMessagesDiscloseNothing(caller);
            caller.execute("{ __typename vendors { __typename } }")
                    .path("vendors[0].__typename")
                    .hasValue();
            caller.http()
                    .post()
                    .uri("/graphql")
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("Accept", "application/graphql-response+json")
                    .bodyValue("{\"query\": \"{ __schema { types { name } } }\"}")
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody();
        }
        gateway.execute("{ __schema { queryType { name } } }")
                .path("__schema.queryType.name")
                .hasValue();
    }

    private static void assertIntrospectionDisabled(GatewayClient caller) {
        for (String document : List.of(
                "{ __schema { types { name } } }",
                "{ vendors { vendor } __type(name: \"Tag\") { name } }",
                "{ harmless: __type(name: \"Tag\") { name } }",
                "{ ...A } fragment A on Query { ...B } fragment B on Query { ... { __schema { types { name } } } }",
                "{ ... on Query @include(if: true) { __schema { types { name } } } }")) {
            assertThat(code(caller, document)).isEqualTo("INTROSPECTION_DISABLED");
        }
    }

    @SlowTest
    @Test
    void schemaIsNotDisclosedInProfileProductionUnlessEnabled() {
        Map<String, String> variables =
                Map.of("spring.profiles.active", "production", "GATEWAY_SCHEMA_ENABLED", "true");
        try (RunningGateway production = RunningGateway.start(variables)) {
            GatewayClient caller = production.caller();
            assertIntrospectionDisabled(caller);
            assertThat(JsonClient.execute(caller.url(), "{ _service { sdl } }").toString())
                    .contains("INTROSPECTION_DISABLED")
                    .doesNotContain("TagRef");
            for (String path : List.of("/graphiql", "/graphiql/graphiql.js", "/", "/overview/api.js")) {
                caller.http().get().uri(path).exchange().expectStatus().isNotFound();
            }
            caller.http().get().uri("/graphql/schema").exchange().expectStatus().isOk();
        }
    }

    @SlowTest
    @Test
    void schemaForRoutersHasScopesWhenEnabled() {
        Map<String, String> variables = Map.of(
                "GATEWAY_INTROSPECTION_ENABLED", "false",
                "GATEWAY_FEDERATION_SDL_ENABLED", "true",
                "GATEWAY_FEDERATION_SCOPES_ENABLED", "true");
        try (RunningGateway closed = RunningGateway.start(variables)) {
            closed.caller()
                    .execute("{ _service { sdl } }")
                    .path("_service.sdl")
                    .entity(String.class)
                    .satisfies(sdl -> assertThat(sdl)
                            .contains("TagRef")
                            .contains("raw: JSON @requiresScopes(scopes : [[\"raw.read\"]])")
                            .contains("node(\n")
                            .containsPattern("\\): Node @authenticated\n"));
        }
    }

    private static void assertMessagesDiscloseNothing(GatewayClient caller) {
        Map<String, Map<String, Object>> variables = Map.of(
                "{ nope }", Map.of(),
                "{ tag(id: {}) { id } }", Map.of(),
                "{ tags { nodes } }", Map.of(),
                "{ calls(filter: {anyTag: [{name: null}]}) { totalCount } }", Map.of(),
                "query($n: Nope) { tags(first: $n) { totalCount } }", Map.of(),
                "query($n: String) { tags(first: $n) { totalCount } }", Map.of(),
                "query($n: Int) { tags(first: $n) { totalCount } }", Map.of("n", "many"),
                "query($f: TagFilter) { tags(filter: $f) { totalCount } }", Map.of("f", Map.of("nope", 1)),
                "query($r: TagRef!) { contacts(filter: {tag: $r}) { totalCount } }", Map.of("r", Map.of()),
                "query($v: Vendor = SIPSIM) { tagGroups(filter: {missingFrom: [$v]}) { totalCount } }",
                        Collections.singletonMap("v", null));
        variables.forEach((document, values) -> assertThat(GatewayClient.errors(caller.execute(document, values)))
                .as(document)
                .allSatisfy(error -> {
                    assertThat(error.getMessage()).endsWith(" is not valid for the schema.");
                    assertThat(error.getExtensions())
                            .containsOnlyKeys("code", "retryable", "errorId", "classification");
                }));
        assertThat(GatewayClient.errors(caller.execute("{ nope }")).getFirst().getLocations())
                .hasSize(1);
    }

    private static String code(GatewayClient caller, String document) {
        JsonNode response = JsonClient.execute(caller.url(), document);
        assertThat(response.has("data")).as("%s", response).isFalse();
        return response.at("/errors/0/extensions/code").asString();
    }
}
