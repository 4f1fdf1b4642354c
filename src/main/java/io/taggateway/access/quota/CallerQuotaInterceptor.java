package io.taggateway.access.quota;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.taggateway.access.limits.OperationLimiter;
import io.taggateway.access.quota.CallerMetrics.CallerMeters;
import io.taggateway.access.security.CallerAuthentication;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Charges each operation to its caller, for every transport, and rejects it if the caller's quota is exhausted. */
@Component
public final class CallerQuotaInterceptor implements WebGraphQlInterceptor {

    private final CallerQuota quota;

    CallerQuotaInterceptor(CallerQuota quota) {
        this.quota = quota;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return CallerAuthentication.current().flatMap(caller -> {
            OperationCharge charge = quota.begin(caller);
            Mono<WebGraphQlResponse> response = charge == null
                    ? chain.next(request)
                    : begin(request, charge, chain).doOnNext(done -> charge.addTo(done.getResponseHeaders()));
            CallerMeters meters = quota.metrics().of(caller);
            return meters == null ? response : measured(response, meters);
        });
    }

    /** Subscriptions are measured until they begin. */
    private static Mono<WebGraphQlResponse> measured(Mono<WebGraphQlResponse> response, CallerMeters meters) {
        long begin = System.nanoTime();
        return response.doOnNext(done -> {
            meters.operations().record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
            Long cost = done.getExecutionInput().getGraphQLContext().get(OperationLimiter.COST);
            if (cost != null) {
                meters.cost().increment(cost.doubleValue());
            }
        });
    }

    private static Mono<WebGraphQlResponse> begin(WebGraphQlRequest request, OperationCharge charge, Chain chain) {
        Mono<Void> waiting = charge.await();
        return waiting == null
                ? execute(request, charge, chain)
                : waiting.then(Mono.defer(() -> execute(request, charge, chain)));
    }

    private static Mono<WebGraphQlResponse> execute(WebGraphQlRequest request, OperationCharge charge, Chain chain) {
        GraphQLError refusal = charge.takeRequest();
        if (refusal != null) {
            ExecutionResult result =
                    ExecutionResult.newExecutionResult().addError(refusal).build();
            return Mono.just(
                    new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result)));
        }
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(OperationCharge.class, charge)).build());
        return chain.next(request);
    }
}
