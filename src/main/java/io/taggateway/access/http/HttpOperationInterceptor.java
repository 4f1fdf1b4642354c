package io.taggateway.access.http;

import java.util.Map;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
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
        return chain.next(request).contextWrite(operation.shelfLife()::startIn).flatMap(response -> {
            ResponseStatusException refusal = operation.refusal();
            return refusal == null ? Mono.just(response) : Mono.error(refusal);
        });
    }
}
