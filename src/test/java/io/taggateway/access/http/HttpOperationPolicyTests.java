package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import graphql.GraphQLContext;
import graphql.execution.AbortExecutionException;
import graphql.language.OperationDefinition.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/** Tests of the operations that are allowed for each method and accepted media type. */
class HttpOperationPolicyTests {

    @ParameterizedTest
    @CsvSource({
        "GET, JSON, QUERY",
        "HEAD, GRAPHQL_RESPONSE, QUERY",
        "GET, EVENT_STREAM, SUBSCRIPTION",
        "POST, JSON, QUERY",
        "POST, GRAPHQL_RESPONSE, MUTATION",
        "POST, EVENT_STREAM, SUBSCRIPTION"
    })
    void allowedOperationBegins(HttpMethod method, ResponseMediaType type, Operation operation) {
        GraphQLContext context = contextOf(allowed(method, type));
        assertThat(context.<@Nullable Operation>get(Operation.class)).isNull();
        HttpOperationPolicy.check(context, operation);
        assertThat(context.<@Nullable Operation>get(Operation.class)).isEqualTo(operation);
        assertThat(allowed(method, type).refusal(operation)).isNull();
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
    void otherOperationIsNotAllowed(HttpMethod method, ResponseMediaType type, Operation operation, int status) {
        HttpOperationPolicy allowed = allowed(method, type);
        assertThat(allowed.refusal(null)).isNull();
        assertThatExceptionOfType(AbortExecutionException.class)
                .isThrownBy(() -> HttpOperationPolicy.check(contextOf(allowed), operation));
        assertThat(allowed.refusal(operation))
                .isNotNull()
                .satisfies(
                        refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(status));
    }

    @Test
    void operationBeginsWithoutHttpRequest() {
        GraphQLContext context = GraphQLContext.newContext().build();
        HttpOperationPolicy.check(context, Operation.SUBSCRIPTION);
        assertThat(context.<@Nullable Operation>get(Operation.class)).isNull();
    }

    private static HttpOperationPolicy allowed(HttpMethod method, ResponseMediaType type) {
        return new HttpOperationPolicy(method, type, type == ResponseMediaType.EVENT_STREAM);
    }

    private static GraphQLContext contextOf(HttpOperationPolicy allowed) {
        return GraphQLContext.newContext()
                .of(HttpOperationPolicy.class, allowed)
                .build();
    }
}
