package io.taggateway.access.http;

import graphql.GraphQLError;
import java.util.Map;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes the operation of an HTTP request along into GraphQL, and brings back as an HTTP status what it may not do. */
@Component
class HttpOperationInterceptor implements WebGraphQlInterceptor {

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        if (!(request.getAttributes().get(HttpOperation.KEY) instanceof HttpOperation operation)) {
            return chain.next(request);
        }
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(HttpOperation.KEY, operation)).build());
        return chain.next(request)
                .contextWrite(operation.shelfLife()::startIn)
                .flatMap(HttpOperationInterceptor::allowed);
    }

    private static Mono<WebGraphQlResponse> allowed(WebGraphQlResponse response) {
        for (GraphQLError error : response.getExecutionResult().getErrors()) {
            if (error instanceof HttpOperation.NotAllowed notAllowed) {
                return Mono.error(notAllowed.refusal());
            }
        }
        return Mono.just(response);
    }
}
