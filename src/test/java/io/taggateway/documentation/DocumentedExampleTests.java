package io.taggateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Tests that requests in the documentation have the documented effect. */
@GatewayTest
class DocumentedExampleTests {

    private static final Pattern RESPONSE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BODY = Pattern.compile("-d '([^']*)'");

    private final TestGateway gateway;

    DocumentedExampleTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void queryOfReadmeHasTheResponseOfReadme() {
        MarkdownPage readme = MarkdownPage.of(MarkdownPage.README);
        byte[] response = gateway.http()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(readme.matches(BODY).getFirst())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(response).isNotNull();
        assertThat(normalized(withoutSkippedVendors(new String(response, StandardCharsets.UTF_8))))
                .isEqualTo(normalized(readme.matches(RESPONSE).getFirst()));
    }

    @Test
    void faultsCanBeInjectedAndRemoved() {
        String fault = MarkdownPage.of("sandbox.md").matches(BODY).getFirst();
        WebTestClient sandbox = WebTestClient.bindToServer()
                .responseTimeout(Duration.ofMinutes(1))
                .baseUrl(gateway.sipsim().origin())
                .build();
        sandbox.put()
                .uri("/sandbox/fault")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(fault)
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(gateway.errors("{ calls { nodes { id } } }"))
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions())
                        .containsEntry("reason", "UPSTREAM_RATE_LIMITED")
                        .containsEntry("retryAfterSeconds", 30));
        sandbox.delete().uri("/sandbox/fault").exchange().expectStatus().isNoContent();
        gateway.clock().advance(Duration.ofSeconds(30));
        gateway.execute("{ calls(first: 1) { nodes { id } } }")
                .path("calls.nodes[0].id")
                .hasValue();
        sandbox.get()
                .uri("/sandbox/requests")
                .exchange()
                .expectBody()
                .jsonPath("$.total")
                .isEqualTo(2);
    }

    /** Tests configure only the vendors of README. */
    private static String withoutSkippedVendors(String json) {
        JsonNode response = JsonMapper.shared().readTree(json);
        ((ArrayNode) response.at("/data/tagGroups/sources"))
                .removeIf(source -> source.path("status").asString().equals("SKIPPED"));
        return response.toString();
    }

    private static String normalized(String json) {
        return JsonMapper.shared().readTree(json).toPrettyString();
    }
}
