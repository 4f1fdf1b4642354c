package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import graphql.execution.AbortExecutionException;
import graphql.language.OperationDefinition.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/** Which operation a request of some method and accepted type may do. */
class HttpOperationTests {

    @ParameterizedTest
    @CsvSource({
        "GET, JSON, QUERY",
        "HEAD, GRAPHQL_RESPONSE, QUERY",
        "GET, EVENT_STREAM, SUBSCRIPTION",
        "POST, JSON, QUERY",
        "POST, GRAPHQL_RESPONSE, MUTATION",
        "POST, EVENT_STREAM, SUBSCRIPTION"
    })
    void allowedOperationBegins(HttpMethod method, AnswerType type, Operation operation) {
        HttpOperation begun = new HttpOperation(method, type);
        assertThat(begun.isQuery()).isFalse();
        begun.begin(operation);
        assertThat(begun.isQuery()).isEqualTo(operation == Operation.QUERY);
        assertThat(begun.refusal()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, JSON, MUTATION, 405",
        "HEAD, JSON, MUTATION, 405",
        "GET, EVENT_STREAM, MUTATION, 405",
        "GET, JSON, SUBSCRIPTION, 405",
        "POST, JSON, SUBSCRIPTION, 406",
        "POST, GRAPHQL_RESPONSE, SUBSCRIPTION, 406"
    })
    void otherOperationIsNotAllowed(HttpMethod method, AnswerType type, Operation operation, int status) {
        HttpOperation refused = new HttpOperation(method, type);
        assertThat(refused.refusal()).isNull();
        assertThatExceptionOfType(AbortExecutionException.class).isThrownBy(() -> refused.begin(operation));
        assertThat(refused.refusal())
                .isNotNull()
                .satisfies(
                        refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(status));
    }

    @Test
    void operationThatHasNotBegunIsNoQuery() {
        assertThat(new HttpOperation(HttpMethod.GET, AnswerType.JSON).isQuery()).isFalse();
    }
}
