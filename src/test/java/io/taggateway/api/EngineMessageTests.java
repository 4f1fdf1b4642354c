package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of messages about a document or a variable: they use terms of GraphQL and suggest a name. */
@GatewayTest
class EngineMessageTests {

    /** Java classes, and Java objects and collections as text. */
    private static final Pattern JAVA = Pattern.compile("\\w+\\{|java\\.|graphql\\.|\\w+@[0-9a-f]{4,}|\\w+Value\\b"
            + "|HashMap|ArrayList|BigInteger|BigDecimal|Integer\\b|Optional|AST|VariableReference|'Map'");

    private final TestGateway gateway;

    EngineMessageTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{ tags(first: \"a\") { totalCount } } | | argument 'first' is not a valid 'Int' - Expected an Int but"
                        + " it was a String",
                "{ tag(id: {a: 1}) { id } } | | argument 'id' is not a valid 'ID' - Expected an Int or a String but it"
                        + " was an object",
                "{ tag(id: 1.5) { id } } | | Expected an Int or a String but it was a Float",
                "{ tags(filter: 3) { totalCount } } | | argument 'filter' must be an object type",
                "{ nodes(ids: [null]) { id } } | | argument 'ids[0]' must not be null",
                "{ tags(filter: {vendors: [\"' is not a valid 'X'\"]}) { totalCount } } | | Expected an enum value but"
                        + " it was a String",
                "{ calls(filter: {startedAfter: \"yesterday\"}) { totalCount } } | | argument 'filter.startedAfter' is"
                        + " not a valid 'DateTime' - Expected a time such as '2026-01-31T12:00:00Z' but it was"
                        + " 'yesterday'",
                "query($t: DateTime) { calls(filter: {startedAfter: $t}) { totalCount } } | {\"t\": \"2026-13-01\"} |"
                        + " Expected a time such as '2026-01-31T12:00:00Z' but it was '2026-13-01'",
                "{ tag(id: [1]) { id } } | | but it was a list",
                "mutation { createTag(input: {vendors: [SIPSIM]}) { status } } | | argument 'input' is missing"
                        + " required fields '[name]'",
                "query($f: TagFilter = {vendors: 3}) { tags(filter: $f) { totalCount } } | | Bad default value for"
                        + " type 'TagFilter'",
                "query($n: Int) { tags(first: $n) { totalCount } } | {\"n\": {\"a\": 1}} | but it was an object",
                "query($n: Int) { tags(first: $n) { totalCount } } | {\"n\": [1]} | but it was a list",
                "query($n: Int) { tags(first: $n) { totalCount } } | {\"n\": 1e40} | -",
                "query($n: ID!) { tag(id: $n) { id } } | {\"n\": [1]} | is no id",
                "query($n: ID!) { tag(id: $n) { id } } | {\"n\": 1.5} | is no id",
                "query($n: ID!) { tag(id: $n) { id } } | {\"n\": true} | is no id",
                "query($f: TagFilter) { tags(filter: $f) { totalCount } } | {\"f\": [1]} | Expected an object but was a"
                        + " list",
                "query($f: TagFilter) { tags(filter: $f) { totalCount } } | {\"f\": \"a\"} | Expected an object but"
                        + " was a String",
                "mutation($s: String!) { createTag(input: {name: $s, vendors: [SIPSIM]}) { userErrors { code } } } |"
                        + " {\"s\": 3} | Expected a String input, but it was an Int",
                "query($t: DateTime) { calls(filter: {startedAfter: $t}) { totalCount } } | {\"t\": {}} | -",
                "query($v: Vendor) { tags(filter: {vendors: [$v]}) { totalCount } } | {\"v\": {\"a\": 1}} | -"
            })
    void messageIsInWordsOfGraphQl(String document, @Nullable String variables, @Nullable String part) {
        assertThat(message(document, variables))
                .contains(Objects.requireNonNullElse(part, ""))
                .doesNotContainPattern(JAVA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{ tgas { totalCount } } | - | tags",
                "{ x: tags { nodes { nmae } } } | - | name",
                "{ x: tags { nodes { Name } } } | - | name",
                "{ x: tags(frist: 1) { totalCount } } | - | first",
                "{ ...F } fragment F on Query { tags(orderby: {field: NAME}) { totalCount } } | - | orderBy",
                "{ tags(orderBy: {field: NAMES}) { totalCount } } | - | NAME",
                "{ tags(filter: {vendor: [SIPSIM]}) { totalCount } } | - | vendors",
                "{ tags(filter: {vendors: [SIPSM]}) { totalCount } } | - | SIPSIM",
                "{ tags @inclde(if: true) { totalCount } } | - | include",
                "query($f: TagFiltre) { tags(filter: $f) { totalCount } } | - | TagFilter",
                "{ tags { nodes { ... on Tga { id } } } } | - | Tag",
                "{ node(id: 1) { ...F } } fragment F on Contct { id } | - | Contact",
                "query($v: [Vendor!]) { tags(filter: {vendors: $v}) { totalCount } } | {\"v\": [\"SWIPE_ONE\"]}"
                        + " | SWIPEONE",
                "query($f: TagFilter) { tags(filter: $f) { totalCount } } | {\"f\": {\"vendor\": \"SIPSIM\"}} |"
                        + " vendors",
                "{ nothingLikeThis { id } } | - | -",
                "{ _servce { sdl } } | - | -"
            })
    void nearestNameIsSuggested(String document, @Nullable String variables, @Nullable String meant) {
        String message = message(document, variables);
        if (meant == null) {
            assertThat(message).doesNotContain("Did you mean");
        } else {
            assertThat(message).endsWith(". Did you mean '" + meant + "'?").doesNotContainPattern(JAVA);
        }
    }

    @Test
    void nearestTagIsSuggested() {
        assertThat(gateway.texts(
                        "mutation { addTags(input: {subjectId: \"sipsim:call:100400\", tags: [{name: \"Biling\"},"
                                + " {name: \"Nothing like it\"}], dryRun: true}) { userErrors { message } } }",
                        "addTags.userErrors[*].message"))
                .containsExactly(
                        "SIPSIM has no tag `Biling`. Did you mean `Billing`?", "SIPSIM has no tag `Nothing like it`.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ g: tagGroups(first: 100) { nodes { slug tags { id } } } calls(first: 100) { nodes { tags { calls("
                        + "first: 100) { nodes { id tags { id } } } } } } } | calls.nodes.tags.calls",
                "{ ...F } fragment F on Query { c: calls(first: 100) { nodes { t: tags { x: calls(first: 90) { edges {"
                        + " node { tags { id } } } } } } } } | c.nodes.t.x"
            })
    void fieldToBoundIsNamedIfTheOperationCostsTooMuch(String document, String field) {
        assertThat(message(document, null))
                .matches("The operation may cost \\d+, but the maximum is 50000\\. Give `" + field
                        + "` a smaller page size, or select less in it\\.");
    }

    @Test
    void errorOfASourceHasEnums() {
        gateway.sipsim().fail(Fault.status(500));
        gateway.execute("{ tags { sources { error { code errorCode reason failureReason } } } }")
                .errors()
                .satisfy(errors -> assertThat(errors).hasSize(1))
                .path("tags.sources[0].error")
                .entity(Object.class)
                .satisfies(error -> assertThat(error)
                        .hasToString("{code=DOWNSTREAM_SERVICE_ERROR, errorCode=DOWNSTREAM_SERVICE_ERROR,"
                                + " reason=UPSTREAM_UNAVAILABLE, failureReason=UPSTREAM_UNAVAILABLE}"));
    }

    private String message(String document, @Nullable String variables) {
        String body = "{\"query\": " + JsonMapper.shared().writeValueAsString(document) + ", \"variables\": "
                + (variables == null ? "{}" : variables) + "}";
        byte[] response = gateway.http()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        List<JsonNode> errors = JsonMapper.shared()
                .readTree(response)
                .path("errors")
                .valueStream()
                .toList();
        assertThat(errors).as(document).isNotEmpty();
        return errors.getFirst().path("message").asString();
    }
}
