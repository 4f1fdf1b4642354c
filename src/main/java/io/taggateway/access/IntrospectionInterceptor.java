package io.taggateway.access;

import graphql.introspection.Introspection;
import java.util.Map;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells the engine whether introspection is on. Spring Boot's own switch is one of the whole process and stays off. */
@Component
class IntrospectionInterceptor implements WebGraphQlInterceptor {

    private final boolean disabled;

    IntrospectionInterceptor(IntrospectionProperties properties) {
        this.disabled = !properties.enabled();
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(Map.of(Introspection.INTROSPECTION_DISABLED, disabled))
                        .build());
        return chain.next(request);
    }
}
