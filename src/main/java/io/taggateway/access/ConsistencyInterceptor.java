package io.taggateway.access;

import io.taggateway.access.http.GraphQlEndpoint;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.ReplicaConsistency;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import reactor.core.publisher.Mono;

/**
 * Returns a consistency token with each operation that wrote. A caller that sends the token reads its own writes at any
 * replica. Tokens are signed, as a token can cause requests to vendors; any other text is ignored.
 */
final class ConsistencyInterceptor implements WebGraphQlInterceptor {

    private final ReplicaConsistency replicas;

    ConsistencyInterceptor(ReplicaConsistency replicas) {
        this.replicas = replicas;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        String sent = request.getHeaders().getFirst(GraphQlEndpoint.CONSISTENCY_TOKEN);
        return OperationContext.defer(operation -> {
            Tenant tenant = Tenant.of(operation.origin().caller().tenant());
            CursorCodec codec = operation.directory(VendorDirectory.class).cursors();
            String token = sent == null ? null : codec.verify(sent);
            Mono<WebGraphQlResponse> executed = chain.next(request).doOnNext(response -> {
                if (operation.requests().hasWritten()) {
                    response.getResponseHeaders()
                            .set(GraphQlEndpoint.CONSISTENCY_TOKEN, codec.sign(replicas.token(tenant)));
                }
            });
            return token == null ? executed : replicas.await(tenant, token).then(Mono.defer(() -> executed));
        });
    }
}
