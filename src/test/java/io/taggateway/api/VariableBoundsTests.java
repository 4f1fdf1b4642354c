package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of variables with the longest, most and deepest values that a body can have. */
@GatewayTest
class VariableBoundsTests {

    private static final int MANY = 100_000;

    private final TestGateway gateway;

    VariableBoundsTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    static List<Arguments> values() {
        String letters = "\"" + "a".repeat(9 * MANY) + "\"";
        String digits = "9".repeat(9 * MANY);
        return List.of(
                Arguments.of("$v: Int", "tags(first: $v)", digits, "BAD_REQUEST"),
                Arguments.of("$v: Int", "tags(first: $v)", "1e999999999", "BAD_USER_INPUT"),
                Arguments.of("$v: Int", "tags(first: $v)", "\"" + digits + "\"", "BAD_USER_INPUT"),
                Arguments.of("$v: String", "tags(filter: {nameContains: $v})", letters, "BAD_USER_INPUT"),
                Arguments.of("$v: ID!", "tags(filter: {search: $v})", letters, "GRAPHQL_VALIDATION_FAILED"),
                Arguments.of("$v: DateTime", "calls(filter: {startedAfter: $v})", letters, "BAD_USER_INPUT"),
                Arguments.of("$v: DateTime", "calls(filter: {startedAfter: $v})", "1e999999999", "BAD_USER_INPUT"),
                Arguments.of("$v: [Vendor!]", "tags(filter: {vendors: $v})", "[" + letters + "]", "BAD_USER_INPUT"),
                Arguments.of(
                        "$v: [Vendor!]",
                        "tags(filter: {vendors: $v})",
                        "[" + "\"SIPSIM\",".repeat(MANY) + "\"SIPSIM\"]",
                        "BAD_USER_INPUT"),
                Arguments.of("$v: CallFilter", "calls(filter: $v)", nested(MANY), "BAD_REQUEST"),
                Arguments.of("$v: CallFilter", "calls(filter: $v)", nested(400), "GRAPHQL_VALIDATION_FAILED"),
                Arguments.of("$unused: Int", "tags", nested(MANY), "BAD_REQUEST"),
                Arguments.of("$unused: Int", "tags", letters, "GRAPHQL_VALIDATION_FAILED"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueIsRefusedWithAShortMessageWhenOutOfBounds(String variable, String field, String value, String code) {
        String body = "{\"query\":\"query(%s) { %s { totalCount } }\",\"variables\":{\"v\":%s}}"
                .formatted(variable, field, value);
        byte[] response = gateway.http()
                .post()
                .uri("/graphql")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .bodyValue(body)
                .exchange()
                .expectBody()
                .jsonPath("$.errors[0].extensions.code")
                .isEqualTo(code)
                .returnResult()
                .getResponseBody();
        assertThat(response).hasSizeLessThan(1_500);
        assertThat(gateway.requestCount()).isZero();
    }

    private static String nested(int depth) {
        return "{\"anyTag\":".repeat(depth) + "1" + "}".repeat(depth);
    }
}
