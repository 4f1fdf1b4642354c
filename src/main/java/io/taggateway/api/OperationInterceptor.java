package io.taggateway.api;

import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.Departure;
import io.taggateway.tagging.operation.OperationMemo;
import io.taggateway.tagging.operation.RequestId;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives each operation its directory, the id of its request, a memo of what it has asked vendors, and an end when its
 * caller leaves.
 */
@Component
public class OperationInterceptor implements WebGraphQlInterceptor {

    private final TenantRegistry tenants;

    OperationInterceptor(TenantRegistry tenants) {
        this.tenants = tenants;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        String id = request.getAttributes().get("requestId") instanceof String given ? given : request.getId();
        return Mono.defer(() -> {
            Lease lease = tenants.lease();
            VendorDirectory directory = lease.directory();
            request.configureExecutionInput((input, builder) -> builder.graphQLContext(
                            Map.of(VendorDirectory.class, directory, "directory", directory, RequestId.class, id))
                    .build());
            Departure departure = new Departure();
            return chain.next(request)
                    .map(response -> inOrder(response, departure, lease))
                    .contextWrite(context -> RequestId.startIn(OperationMemo.startIn(departure.startIn(context)), id))
                    .doOnError(error -> lease.close())
                    .doOnCancel(() -> {
                        departure.happened();
                        lease.close();
                    });
        });
    }

    /** The events of a subscription are resolved one after another, and no more once its caller leaves. */
    private static WebGraphQlResponse inOrder(WebGraphQlResponse response, Departure departure, Lease lease) {
        if (response.getData() instanceof Publisher<?> events) {
            return response.transform(builder -> builder.data(Flux.from(events)
                    .limitRate(1)
                    .doOnCancel(departure::happened)
                    .doFinally(signal -> lease.close())));
        }
        lease.close();
        return response;
    }
}
