package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.Vendor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.ResponseError;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of operations over the limits, and of large ones within them. */
@GatewayTest
@SlowTest
class OperationLimitsTests {

    private static final String GRAPHQL = "application/graphql-response+json";

    private final TestGateway gateway;

    OperationLimitsTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    static Stream<Arguments> excessive() {
        return Stream.of(
                Arguments.of(deep(13), "MAX_DEPTH_LIMIT", "13 fields deep, but the maximum is 12"),
                Arguments.of(aliases(31), "MAX_ALIASES_LIMIT", "31 aliases, but the maximum is 30"),
                Arguments.of(rootFields(21), "MAX_ROOT_FIELDS_LIMIT", "21 fields at its root, but the maximum is 20"),
                Arguments.of(tokens(5001), "GRAPHQL_PARSE_FAILED", "5001 tokens or more, but the maximum is 5000"),
                Arguments.of(
                        "{ calls(first: 1000) { nodes { contact { calls { nodes { id } } } } } }",
                        "COST_ESTIMATED_TOO_EXPENSIVE",
                        "may cost 54171, but the maximum is 50000"),
                Arguments.of(CostlyDocument.spreads(30), "COST_ESTIMATED_TOO_EXPENSIVE", "fragments expanded"),
                Arguments.of(CostlyDocument.sets(18), "COST_ESTIMATED_TOO_EXPENSIVE", "fragments expanded"),
                Arguments.of(CostlyDocument.introspection(30), "COST_ESTIMATED_TOO_EXPENSIVE", "fragments expanded"),
                Arguments.of(
                        "{ vendors { vendor } } " + CostlyDocument.spreads(30).replaceFirst("\\{", "query Other {"),
                        "COST_ESTIMATED_TOO_EXPENSIVE",
                        "fragments expanded"),
                Arguments.of(
                        "{ tags { nodes { ...A } } } fragment A on Tag { group { tags { ...A } } }",
                        "GRAPHQL_VALIDATION_FAILED",
                        "`A` spreads itself"));
    }

    static Stream<Arguments> excessiveFragments() {
        return Stream.of(
                Arguments.of(
                        "{ __schema { types { " + "fields { type { ".repeat(5) + "name" + " }".repeat(13),
                        "COST_ESTIMATED_TOO_EXPENSIVE",
                        "introspection may cost"),
                Arguments.of(
                        "{ __schema { types { " + CostlyDocument.each(1_600, " a%d: name") + " } } }",
                        "MAX_ALIASES_LIMIT",
                        "1600 aliases, but the maximum is 30"),
                Arguments.of(chain(600), "COST_ESTIMATED_TOO_EXPENSIVE", "601 fragments, but the maximum is 200"),
                Arguments.of(chain(60), "MAX_DEPTH_LIMIT", "61 levels deep, but the maximum is 50"),
                Arguments.of(
                        "{ __typename } " + CostlyDocument.each(600, " fragment F%d on Tag { id }"),
                        "COST_ESTIMATED_TOO_EXPENSIVE",
                        "600 fragments, but the maximum is 200"),
                Arguments.of(
                        CostlyDocument.sets(18)
                                .replaceFirst("\\{ tagGroups \\{ nodes \\{ ...L0x0 } } }", "{ __typename }"),
                        "COST_ESTIMATED_TOO_EXPENSIVE",
                        "fragments expanded"));
    }

    static Stream<Arguments> excessiveKeysAndConditions() {
        return Stream.of(
                Arguments.of(
                        "{ tags(first: 1000) { nodes { " + CostlyDocument.each(40, " a%d: __typename") + " } } }",
                        "MAX_ALIASES_LIMIT",
                        "40 aliases, but the maximum is 30"),
                Arguments.of(
                        "{ tags(first: 1000) { nodes { " + CostlyDocument.each(30, " a" + "b".repeat(120) + "%2$d: id")
                                + " group { tags { " + CostlyDocument.each(1, "c%d: name") + " } } } } }",
                        "MAX_ALIASES_LIMIT",
                        "31 aliases, but the maximum is 30"),
                Arguments.of(
                        "{ tagGroups(first: 1000) { nodes { tags { "
                                + CostlyDocument.each(30, " a" + "b".repeat(120) + "%2$d: id") + " } } } }",
                        "COST_ESTIMATED_TOO_EXPENSIVE",
                        "may cost"),
                Arguments.of(
                        "subscription { tagChanged @include(if: false) { kind } }",
                        "GRAPHQL_VALIDATION_FAILED",
                        "neither `@skip` nor"),
                Arguments.of(
                        "subscription { ...S } fragment S on Subscription { ... { tagChanged @skip(if: true) { kind }"
                                + " } }",
                        "GRAPHQL_VALIDATION_FAILED",
                        "neither `@skip` nor"),
                Arguments.of(
                        "subscription { ... @include(if: false) { tagChanged { kind } } }",
                        "GRAPHQL_VALIDATION_FAILED",
                        "neither `@skip` nor"));
    }

    static Stream<Arguments> tooLong() {
        return Stream.of(
                        Arguments.of("{ tags(first: %s) { totalCount } }", "9".repeat(101), "A number has 101"),
                        Arguments.of("{ tags(first: -%s) { totalCount } }", "9".repeat(60_000), "A number has 60001"),
                        Arguments.of("{ tag(id: %s) { id } }", "1.5e+" + "0".repeat(200), "A number has 205"),
                        Arguments.of(
                                "query($n: Int = %s) { tags(first: $n) { totalCount } }", "9".repeat(101), "number"),
                        Arguments.of("{ tags(filter: {vendors: [%s]}) { totalCount } }", "9".repeat(101), "number"),
                        Arguments.of("{ vendors @include(if: %s) { vendor } }", "9".repeat(101), "number"),
                        Arguments.of("{ \"a\\\"\" # \"\n %s }", "9".repeat(101), "number"),
                        Arguments.of("{ %s: __typename }", "a".repeat(129), "A name has 129"),
                        Arguments.of("{ %s }", "_".repeat(60_000), "A name has 60000"),
                        Arguments.of("{ vendors { ...%s } }", "A9".repeat(65), "A name has 130"),
                        Arguments.of("query($%s: Int) { __typename }", "a".repeat(129), "A name has 129"),
                        Arguments.of("{ tag(id: \"%s\") { id } }", "a".repeat(10_001), "A string has 10001"),
                        Arguments.of("{ tag(id: \"\\\"%s\") { id } }", "a".repeat(10_000), "A string has 10002"),
                        Arguments.of(
                                "{ tags(filter: {nameContains: \"\"\"%s\"\"\"}) { totalCount } }",
                                "\n".repeat(10_001), "A string has 10001"),
                        Arguments.of("{ __typename } # %s", "a".repeat(65_536), "The document has"),
                        Arguments.of(
                                "{ tags(filter: {nameContains: \"\"\"%s\"\"\"}) { totalCount } }",
                                "\n".repeat(400_000), "The document has"))
                .map(arguments -> Arguments.of(
                        String.valueOf(arguments.get()[0]).formatted(arguments.get()[1]),
                        "GRAPHQL_PARSE_FAILED",
                        arguments.get()[2]));
    }

    @ParameterizedTest
    @MethodSource({"excessive", "excessiveFragments", "excessiveKeysAndConditions", "tooLong"})
    void operationIsRefusedWithoutVendorRequestWhenItExceedsALimit(String document, String code, String message) {
        for (String accepted : List.of(GRAPHQL, MediaType.APPLICATION_JSON_VALUE)) {
            JsonNode response = post(document, null, accepted, accepted.equals(GRAPHQL) ? 400 : 200);
            assertThat(response.has("data")).isFalse();
            assertThat(response.path("errors")).singleElement().satisfies(error -> {
                assertThat(error.at("/extensions/code").asString())
                        .as("%s", error)
                        .isEqualTo(code);
                assertThat(error.path("message").asString()).contains(message);
                assertThat(error.at("/extensions/retryable").asBoolean(true)).isFalse();
                assertThat(error.at("/extensions/errorId").asString()).hasSize(36);
                assertThat(error.at("/extensions/classification").asString()).isNotEqualTo("INTERNAL_ERROR");
            });
        }
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void everyExceededLimitIsReported() {
        String everything = "{ "
                + CostlyDocument.each(
                        31,
                        " a%d: tags { nodes { group { tags { group { tags { group { tags {"
                                + " group { tags { group { tags { name } } } } } } } } } } } }")
                + " }";
        assertThat(gateway.errors(everything))
                .extracting(error -> error.getExtensions().get("code"))
                .containsExactly(
                        "MAX_DEPTH_LIMIT",
                        "MAX_ALIASES_LIMIT",
                        "MAX_ROOT_FIELDS_LIMIT",
                        "COST_ESTIMATED_TOO_EXPENSIVE");
    }

    static Stream<String> atTheLimit() {
        return Stream.of(
                deep(12),
                aliases(30),
                rootFields(20),
                tokens(5000),
                "{ calls(first: 990) { nodes { contact { calls(first: 46) { nodes { id } } } } } }"
                        .replace("contact {", "contact @skip(if: true) {"),
                "{ contacts(first: 100) { nodes { id tags { name color { hex } group { slug drift { field } } }"
                        + " calls(first: 10) @skip(if: true) { nodes { id tags { name } } } } } }",
                "{ calls(first: 1000) { nodes { id type tags { name color { hex } } contact { name tags { name } } } }"
                        + " }");
    }

    @ParameterizedTest
    @MethodSource("atTheLimit")
    void operationIsExecutedWhenExactlyAtTheLimit(String document) {
        gateway.execute(document).errors().verify();
    }

    @Test
    void limitsApplyOnlyToTheExecutedOperation() {
        String document = "query Small { vendors { vendor } } query Deep " + deep(13);
        assertThat(post(document, "Small", GRAPHQL, 200).at("/data/vendors")).hasSize(Vendor.values().length);
        assertThat(post(document, "Deep", GRAPHQL, 400)
                        .at("/errors/0/extensions/code")
                        .asString())
                .isEqualTo("MAX_DEPTH_LIMIT");
    }

    @Test
    void sizesFromVariablesCountForEachRequest() {
        String document = "query($n: Int!) { contacts(first: $n) { nodes { calls { totalCount nodes { id } } } } }";
        gateway.execute(document, Map.of("n", 1)).errors().verify();
        gateway.clearRequests();
        List<ResponseError> errors = GatewayClient.errors(gateway.execute(document, Map.of("n", 1000)));
        assertThat(errors)
                .extracting(error -> error.getExtensions().get("code"))
                .containsExactly("COST_ESTIMATED_TOO_EXPENSIVE");
        assertThat(gateway.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ a: __type(name: \"Tag\") { name } b: __type(name: \"Call\") { name } __schema { types { name } } }",
                "{ __schema { types { fields { type { fields { type { name } } } } } } }",
                "{ __schema { types { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType {"
                        + " ofType { ofType { ofType { name } } } } } } } } } } } } } } }",
                "{ __schema { types { fields { type { ofType { ofType { ofType { ofType { ofType { ofType { ofType {"
                        + " ofType { ofType { name } } } } } } } } } } } } } }",
                "{ vendors { vendor } __schema { types { fields { args { type { ofType { ofType { ofType { ofType {"
                        + " ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } } } } }"
            })
    void introspectionHasNoDepthLimitBesideOtherFields(String document) {
        gateway.execute(document).path("__schema.types").hasValue();
    }

    @Test
    void valuesOfOperationsAreMeasured(@Autowired MeterRegistry meters) {
        double refused = refused(meters);
        long measured = meters.get("taggateway.limit.measured")
                .tag("limit", "depth")
                .summary()
                .count();
        gateway.errors(deep(13));
        gateway.execute("{ vendors { vendor } }").errors().verify();
        assertThat(refused(meters)).isEqualTo(refused + 1);
        assertThat(meters.get("taggateway.limit.measured")
                        .tag("limit", "depth")
                        .summary()
                        .count())
                .isEqualTo(measured + 2);
        assertThat(meters.get("taggateway.limit.measured")
                        .tag("limit", "tokens")
                        .summary()
                        .max())
                .isPositive();
    }

    private static double refused(MeterRegistry meters) {
        return meters.get("taggateway.limit.exceeded")
                .tags("limit", "depth", "outcome", "refused")
                .counter()
                .count();
    }

    /** A cheap operation that is twelve or thirteen fields deep. */
    private static String deep(int depth) {
        String leaf = depth == 12 ? "name" : "tags { name }";
        return "{ contacts(first: 1) { nodes { " + "calls(first: 1) { nodes { contact { ".repeat(3) + leaf
                + " }".repeat(12);
    }

    /** Nested fragments, one more than the given number. */
    private static String chain(int spreads) {
        return "{ tags { nodes { ...F0 } } }" + CostlyDocument.each(spreads, " fragment F%1$d on Tag { ...F%2$d }")
                + " fragment F" + spreads + " on Tag { id }";
    }

    private static String aliases(int count) {
        return "{ vendors { " + CostlyDocument.each(count, " a%d: vendor") + " } }";
    }

    private static String rootFields(int count) {
        String fragment = "fragment Q on Query { __typename __type(name: \"Tag\") { name } vendors { vendor } }";
        return "{ " + CostlyDocument.each(count - 1, " v%d: vendors { vendor }") + " ...Q } " + fragment;
    }

    private static String tokens(int count) {
        return "{ vendors { " + "vendor ".repeat(count - 5) + "} }";
    }

    private JsonNode post(String document, @Nullable String operation, String accepted, int status) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("query", document));
        if (operation != null) {
            body.put("operationName", operation);
        }
        WebTestClient.ResponseSpec response = gateway.http()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Accept", accepted)
                .bodyValue(body)
                .exchange();
        response.expectStatus().isEqualTo(status);
        return JsonMapper.shared()
                .readTree(response.expectBody(String.class).returnResult().getResponseBody());
    }
}
