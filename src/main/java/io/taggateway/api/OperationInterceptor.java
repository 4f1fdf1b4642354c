package io.taggateway.api;

import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.source.OperationMemo;
import java.util.Map;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives each operation its tenant, and a memo of what it has asked vendors. */
@Component
class OperationInterceptor implements WebGraphQlInterceptor {

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of("tenant", Tenant.DEFAULT)).build());
        return chain.next(request).contextWrite(OperationMemo::startIn);
    }
}
