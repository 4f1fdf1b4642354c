package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of errors of requests with their HTTP status, and of defects of the gateway. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class RequestErrorTests {

    private static final String GRAPHQL = "application/graphql-response+json";

    private final TestGateway gateway;

    RequestErrorTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"query\": \"{ tags {\"}                             | GRAPHQL_PARSE_FAILED",
                "{\"query\": \"\"}                                     | GRAPHQL_PARSE_FAILED",
                "{\"query\": \"{ nope }\"}                             | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"{ tags }\"}                             | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"{ tag(id: {}) { id } }\"}               | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"{ tags(orderBy: {field: SIZE}) { totalCount } }\"} | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"{ calls(filter: {anyTag: [{id: \\\"a\\\", name: \\\"b\\\"}]}) { nodes { id } } }\"}"
                        + " | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"{ calls(filter: {startedAfter: \\\"yesterday\\\"}) { nodes { id } } }\"}"
                        + " | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"query A { vendors { vendor } } query B { vendors { vendor } }\"}"
                        + " | OPERATION_RESOLUTION_FAILURE",
                "{\"query\": \"query A { vendors { vendor } }\", \"operationName\": \"B\"}"
                        + " | OPERATION_RESOLUTION_FAILURE",
                "{\"query\": \"query A { vendors { vendor } } query B { vendors { vendor } }\", \"operationName\":"
                        + " \"\"} | OPERATION_RESOLUTION_FAILURE",
                "{\"query\": \"{ calls(filter: {anyTag: [{name: null}]}) { nodes { id } } }\"} |"
                        + " GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"{ calls(filter: {anyTag: {id: null}}) { nodes { id } } }\"} | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"query($r: TagRef = {name: null}) { contacts(filter: {tag: $r}) { totalCount } }\"}"
                        + " | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"query($f: CallFilter = {allTags: [{slug: null}]}) { calls(filter: $f) { totalCount }"
                        + " }\"} | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"query($r: [TagRef!] = [{name: 1}]) { calls(filter: {anyTag: $r}) { totalCount } }\"}"
                        + " | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"query($r: [Nope!] = [{name: null}]) { calls(filter: {anyTag: $r}) { totalCount } }\"}"
                        + " | GRAPHQL_VALIDATION_FAILED",
                "{\"query\": \"query($id: ID!) { tag(id: $id) { id } }\"} | BAD_USER_INPUT",
                "{\"query\": \"query($id: ID!) { tag(id: $id) { id } }\", \"variables\": {\"id\": null}}"
                        + " | BAD_USER_INPUT",
                "{\"query\": \"query($n: Int) { tags(first: $n) { totalCount } }\", \"variables\": {\"n\": \"many\"}}"
                        + " | BAD_USER_INPUT",
                "{\"query\": \"query($v: [Vendor!]) { tags(filter: {vendors: $v}) { totalCount } }\","
                        + " \"variables\": {\"v\": [\"NO_SUCH_VENDOR\"]}} | BAD_USER_INPUT",
                "{\"query\": \"query($t: DateTime) { calls(filter: {startedAfter: $t}) { nodes { id } } }\","
                        + " \"variables\": {\"t\": \"yesterday\"}} | BAD_USER_INPUT"
            })
    void errorOfTheRequestHasItsCodeAndStatus(String body, String code) {
        for (String accepted : List.of(GRAPHQL, MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE)) {
            JsonNode response = json(post(body, accepted)
                    .expectStatus()
                    .isEqualTo(accepted.equals(GRAPHQL) ? 400 : 200)
                    .expectHeader()
                    .contentTypeCompatibleWith(accepted));
            assertThat(response.has("data")).isFalse();
            JsonNode error = response.at("/errors/0");
            assertThat(error.at("/extensions/code").asString()).as("%s", error).isEqualTo(code);
            assertThat(error.at("/extensions/retryable").asBoolean(true)).isFalse();
            assertThat(error.at("/extensions/errorId").asString()).hasSize(36);
            assertThat(error.at("/extensions/classification").asString()).isNotEmpty();
            assertThat(error.path("message").asString()).isNotEmpty().doesNotContain("Exception", "graphql.");
            assertThat(error.has("locations"))
                    .isEqualTo(!error.path("locations").isEmpty());
        }
        assertThat(gateway.requestCount()).isZero();
    }

    static Stream<Arguments> nulls() {
        String dryRun = "createTag(input: {name: \"New\", vendors: [SIPSIM]}) { userErrors { message } }";
        return Stream.of(
                Arguments.of("query($b: Boolean = true) { vendors @include(if: $b) { vendor } }", "{\"b\": null}"),
                Arguments.of("query($b: Boolean = true) { ... @skip(if: $b) { vendors { vendor } } }", "{\"b\": null}"),
                Arguments.of(
                        "query($b: Boolean = true) { ...Q @include(if: $b) } fragment Q on Query { vendors { vendor }"
                                + " }",
                        "{\"b\": null}"),
                Arguments.of(
                        "query($b: Boolean = true) { ...Q } fragment Q on Query { vendors { vendor @skip(if: $b) } }",
                        "{\"b\": null}"),
                Arguments.of(
                        "mutation($b: Boolean = true) { " + dryRun + " again: "
                                + dryRun.replace(") {", ") @skip(if: $b) {") + " }",
                        "{\"b\": null}"),
                Arguments.of(
                        "mutation($n: String = \"a\") { " + dryRun
                                + " addTags(input: {subjectId: \"sipsim:call:100400\", tags: [{name: $n}]}) {"
                                + " userErrors { message } } }",
                        "{\"n\": null}"),
                Arguments.of(
                        "mutation($n: String) { " + dryRun
                                + " addTags(input: {subjectId: \"sipsim:call:100400\", tags: {name: $n}}) { userErrors"
                                + " { message } } }",
                        "{}"),
                Arguments.of(
                        "mutation($r: TagRef!) { " + dryRun
                                + " addTags(input: {subjectId: \"sipsim:call:100400\", tags: [$r]}) { userErrors {"
                                + " message } } }",
                        "{\"r\": {\"name\": null}}"));
    }

    static Stream<Arguments> nullsInInputs() {
        return Stream.of(
                Arguments.of(
                        "query($d: SortDirection = ASC) { tags(orderBy: {direction: $d}) { totalCount } }",
                        "{\"d\": null}"),
                Arguments.of(
                        "query($d: SortDirection) { tags(orderBy: {direction: $d}) { totalCount } }", "{\"d\": null}"),
                Arguments.of("query($i: ID = \"a\") { nodes(ids: [$i]) { id } }", "{\"i\": null}"),
                Arguments.of("query($i: ID = \"a\") { tag(id: $i) { id } }", "{\"i\": null}"),
                Arguments.of(
                        "query($v: Vendor = SIPSIM) { tags(filter: {vendors: [$v]}) { totalCount } }", "{\"v\": null}"),
                Arguments.of(
                        "query($v: [Vendor!] = [SIPSIM]) { tags(filter: {vendors: $v}) { totalCount } }",
                        "{\"v\": [null]}"),
                Arguments.of(
                        "query($r: [TagRef!]) { calls(filter: {anyTag: $r}) { totalCount } }",
                        "{\"r\": [{\"id\": null}]}"),
                Arguments.of(
                        "query($f: CallFilter) { calls(filter: $f) { totalCount } }",
                        "{\"f\": {\"anyTag\": {\"slug\": null}}}"),
                Arguments.of(
                        "query($n: String) { calls(filter: {anyTag: [{name: $n}]}) { totalCount } }", "{\"n\": null}"),
                Arguments.of("query($n: String) { contacts(filter: {tag: {name: $n}}) { totalCount } }", "{}"),
                Arguments.of(
                        "query($r: _Any = {}) { _entities(representations: [$r]) { __typename } }", "{\"r\": null}"));
    }

    @ParameterizedTest
    @MethodSource({"nulls", "nullsInInputs"})
    void nullOfANonNullTypeIsRefusedBeforeExecution(String document, String variables, CapturedOutput log) {
        String body = "{\"query\": " + JsonMapper.shared().writeValueAsString(document) + ", \"variables\": "
                + variables + "}";
        JsonNode response = json(post(body, GRAPHQL).expectStatus().isEqualTo(400));
        assertThat(response.has("data")).as("%s", response).isFalse();
        assertThat(response.at("/errors/0/extensions/code").asString())
                .as("%s", response)
                .isEqualTo("BAD_USER_INPUT");
        assertThat(response.at("/errors/0/message").asString()).isNotEqualTo("The gateway failed unexpectedly.");
        assertThat(gateway.requestCount()).isZero();
        assertThat(log.getOut()).doesNotContain("Unexpected error", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query($d: SortDirection) { tags(orderBy: {direction: $d}) { totalCount } } | {}",
                "query($n: Int = 5) { tags(first: $n) { totalCount } } | {\"n\": null}",
                "query A($b: Boolean = true) { vendors @include(if: $b) { vendor } } | {}",
                "query($f: TagFilter) { tags(filter: $f) { totalCount } } | {\"f\": {\"vendors\": null}}"
            })
    void nullOrAbsentVariableIsAcceptedForANullableType(String document, String variables) {
        String body = "{\"operationName\": \"\", \"query\": "
                + JsonMapper.shared().writeValueAsString(document) + ", \"variables\": " + variables + "}";
        JsonNode response = json(post(body, GRAPHQL).expectStatus().isOk());
        assertThat(response.has("errors")).as("%s", response).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {GRAPHQL, MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE})
    void returnsOkWhenOnlyFieldsHaveErrors(String accepted) {
        JsonNode response = json(post("{\"query\": \"{ tag(id: \\\"x\\\") { id } vendors { vendor } }\"}", accepted)
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(accepted));
        assertThat(response.at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(response.at("/errors/0/extensions/code").asString()).isEqualTo("BAD_USER_INPUT");
        assertThat(response.at("/errors/0/path/0").asString()).isEqualTo("tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[]", "{}"})
    void badRequestIsReturnedForABodyWithoutAGraphQlRequest(String body) {
        for (String accepted : List.of(GRAPHQL, MediaType.APPLICATION_JSON_VALUE)) {
            post(body, accepted).expectStatus().isBadRequest().expectBody();
        }
    }

    @Test
    void returnsUnsupportedMediaTypeForOtherContentTypes() {
        gateway.http()
                .post()
                .uri("/graphql")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("{ vendors { vendor } }")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody();
    }

    @Test
    void messageQuotesAtMostAnExcerpt() {
        for (String document : List.of(
                "{ tag(id: {a: \"" + "x".repeat(9_000) + "\"}) { id } }",
                "query($i: Int) { tags(first: $i) { totalCount } }")) {
            String body = JsonMapper.shared()
                    .writeValueAsString(Map.of("query", document, "variables", Map.of("i", "9".repeat(20_000))));
            JsonNode response = json(post(body, GRAPHQL));
            assertThat(response.at("/errors/0/message").asString()).hasSizeBetween(20, 501);
        }
    }

    @Test
    void errorsOfOneRequestAreLoggedInOneLine(CapturedOutput log) {
        String fields = "nope ".repeat(3) + "a b c d e f g";
        JsonNode response = json(post("{\"query\": \"{ " + fields + " }\"}", GRAPHQL));
        assertThat(response.path("errors").size()).isGreaterThan(5);
        assertThat(log.getOut().lines().filter(line -> line.contains("Refused: codes=")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("GRAPHQL_VALIDATION_FAILED="
                                + response.path("errors").size()));
    }

    @Test
    void singleValueIsCoercedToList() {
        gateway.execute("query($f: TagFilter) { tags(filter: $f) { totalCount } }", Map.of("f", Map.of("slugs", "vip")))
                .path("tags.totalCount")
                .entity(Integer.class)
                .isEqualTo(2);
    }

    @Test
    void defectIsMaskedAndLogged(CapturedOutput log) {
        gateway.failNextListingOfCalls(new IllegalStateException("jdbc:secret://user:hunter2@db"));
        JsonNode response = json(post("{\"query\": \"{ calls { nodes { id } } vendors { vendor } }\"}", GRAPHQL)
                .expectStatus()
                .isOk());
        JsonNode error = response.at("/errors/0");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("INTERNAL_SERVER_ERROR");
        assertThat(error.at("/extensions/retryable").asBoolean(true)).isFalse();
        assertThat(error.at("/path/0").asString()).isEqualTo("calls");
        assertThat(error.path("message").asString()).isEqualTo("The gateway failed unexpectedly.");
        assertThat(response.toString()).doesNotContain("hunter2", "IllegalState", "jdbc");
        assertThat(response.at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(log.getOut())
                .contains("errorId=" + error.at("/extensions/errorId").asString(), "hunter2");
    }

    private WebTestClient.ResponseSpec post(String body, String accepted) {
        return gateway.http()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Accept", accepted)
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode json(WebTestClient.ResponseSpec response) {
        byte[] body = response.expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8));
    }

    @Test
    void requestIsLoggedInOneLineWhenItHasManyErrors(CapturedOutput log) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            fields.append(" f").append(i);
        }
        gateway.http()
                .post()
                .uri("/graphql")
                .header("X-Request-Id", "of-many-errors")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("query", "{" + fields + " }"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.errors.length()")
                .isEqualTo(90);
        assertThat(log.getOut().lines().filter(line -> line.contains("of-many-errors")))
                .singleElement()
                .asString()
                .contains("Refused: codes={GRAPHQL_VALIDATION_FAILED=90} tenant=default errorId=");
    }
}
