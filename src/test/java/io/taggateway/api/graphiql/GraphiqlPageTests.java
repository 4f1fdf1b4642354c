package io.taggateway.api.graphiql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.schema.GraphQLSchema;
import io.taggateway.api.graphiql.GraphiqlConfiguration.Example;
import io.taggateway.support.SlowTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests of the page's files over HTTP and of their headers. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "gateway.overview.enabled=false")
@SlowTest
class GraphiqlPageTests {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|action)=\"([^\"]*)\"");

    private final URI server;
    private final WebTestClient client;

    GraphiqlPageTests(@LocalServerPort int port) {
        server = URI.create("http://127.0.0.1:" + port);
        client = clientOf(server);
    }

    @Test
    void pageIsServedUnderAStrictPolicy() {
        client.get()
                .uri("/graphiql")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("text/html;charset=UTF-8")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy -> assertThat(policy.split("; "))
                                .contains(
                                        "default-src 'none'",
                                        "script-src 'self'",
                                        "connect-src 'self'",
                                        "base-uri 'none'",
                                        "form-action 'none'",
                                        "frame-ancestors 'none'")
                                .noneMatch(directive -> directive.contains("unsafe") || directive.contains("http")))
                .expectBody();
    }

    @Test
    void pageRefersOnlyToServedFiles() {
        List<String> references = references(page());
        assertThat(references).hasSizeGreaterThanOrEqualTo(7).noneMatch(reference -> reference.matches("/.*|.*:.*"));
        for (String reference : references) {
            if (!reference.equals("graphql")) {
                client.get()
                        .uri("/" + reference)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .valueEquals("X-Content-Type-Options", "nosniff")
                        .expectBody()
                        .consumeWith(response -> assertThat(response.getResponseBody())
                                .as(reference)
                                .isNotEmpty());
            }
        }
    }

    @Test
    void pageHasNoInlineScriptOrStyle() {
        assertThat(page()).doesNotContainPattern("<script(?![^>]* src=)|<style|\\sstyle=|\\son\\w+=|javascript:");
    }

    @Test
    void returnsNotModifiedWhenFileIsUnchanged() {
        String etag = client.head()
                .uri("/graphiql/graphiql.min.js")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache")
                .returnResult(Void.class)
                .getResponseHeaders()
                .getETag();
        client.get()
                .uri("/graphiql/graphiql.min.js")
                .header("If-None-Match", Objects.requireNonNull(etag))
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/graphiql/"})
    void otherPathRedirectsToThePageByARelativeLocation(String address) {
        client.get()
                .uri(address)
                .exchange()
                .expectStatus()
                .isTemporaryRedirect()
                .expectHeader()
                .value("Location", location -> assertThat(location).doesNotStartWith("/"))
                .expectHeader()
                .value(
                        "Location",
                        location -> assertThat(URI.create(address).resolve(location))
                                .isEqualTo(URI.create("/graphiql")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/graphiql.html",
                "/graphiql/graphiql.html",
                "/graphiql/examples/01-tags.graphql",
                "/graphiql/graphiql.min.js.map",
                "/graphiql/../application.yml",
                "/application.yml",
                "/_static/graphiql/3.2.0/package.json",
                "/_static/react/18.3.1/umd/react.production.min.js",
                "/META-INF/resources/_static/graphiql/3.2.0/graphiql.min.js",
                "/webjars/graphiql/graphiql.min.js"
            })
    void otherFilesOfTheClassPathAreNotServed(String path) {
        client.get()
                .uri(URI.create(server + path))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/graphiql/%2e%2e/application.yml",
                "/graphiql/..%2fapplication.yml",
                "/graphiql/..%5capplication.yml",
                "/graphiql/%252e%252e/application.yml",
                "/graphiql//../../application.yml"
            })
    void ambiguousPathIsABadRequest(String path) {
        client.get()
                .uri(URI.create(server + path))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody();
    }

    @Test
    void examplesAreListedInTheOrderOfTheirFiles() {
        List<Example> examples = client.get()
                .uri("/graphiql/examples.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<Example>>() {})
                .returnResult()
                .getResponseBody();
        assertThat(examples)
                .extracting(Example::name)
                .startsWith(
                        "Tags of both vendors",
                        "Tag groups, and how the vendors' tags disagree",
                        "Calls of the last 30 days, and their tags",
                        "Contacts, their tags and their latest calls",
                        "The vendors, and how they are doing");
    }

    @Test
    void examplesAreValid(@Autowired GraphQlSource source) {
        GraphQLSchema schema = source.schema();
        assertThat(Example.readAll()).allSatisfy(example -> {
            ExecutionInput input =
                    ExecutionInput.newExecutionInput(example.query()).build();
            assertThat(ParseAndValidate.parseAndValidate(schema, input).getErrors())
                    .as(example.name())
                    .isEmpty();
        });
    }

    private String page() {
        byte[] html = client.get()
                .uri("/graphiql")
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return new String(Objects.requireNonNull(html), UTF_8);
    }

    private static List<String> references(String html) {
        return REFERENCE
                .matcher(html)
                .results()
                .map(reference -> reference.group(1))
                .toList();
    }

    private static WebTestClient clientOf(URI server) {
        return WebTestClient.bindToServer()
                .responseTimeout(Duration.ofMinutes(1))
                .baseUrl(server.toString())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(8 * 1024 * 1024))
                .build();
    }

    /** With GraphiQL disabled, the gateway serves only the API. */
    @Nested
    @SpringBootTest(
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {"gateway.graphiql.enabled=false", "gateway.overview.enabled=false"})
    class Disabled {

        private final WebTestClient client;

        Disabled(@LocalServerPort int port) {
            client = clientOf(URI.create("http://127.0.0.1:" + port));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/",
                    "/graphiql",
                    "/graphiql/",
                    "/graphiql/graphiql.min.js",
                    "/graphiql/examples.json",
                    "/overview/api.js"
                })
        void nothingIsServed(String path) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.NOT_FOUND)
                    .expectBody();
        }
    }
}
