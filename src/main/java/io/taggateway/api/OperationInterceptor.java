package io.taggateway.api;

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

    private final VendorDirectory directory;

    OperationInterceptor(VendorDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        String id = request.getAttributes().get("requestId") instanceof String given ? given : request.getId();
        request.configureExecutionInput((input, builder) -> builder.graphQLContext(
                        Map.of(VendorDirectory.class, directory, "directory", directory, RequestId.class, id))
                .build());
        return Mono.defer(() -> {
            Departure departure = new Departure();
            return chain.next(request)
                    .map(response -> inOrder(response, departure))
                    .contextWrite(context -> RequestId.startIn(OperationMemo.startIn(departure.startIn(context)), id))
                    .doOnCancel(departure::happened);
        });
    }

    /** The events of a subscription are resolved one after another, and no more once its caller leaves. */
    private static WebGraphQlResponse inOrder(WebGraphQlResponse response, Departure departure) {
        return response.getData() instanceof Publisher<?> events
                ? response.transform(
                        builder -> builder.data(Flux.from(events).limitRate(1).doOnCancel(departure::happened)))
                : response;
    }
}
