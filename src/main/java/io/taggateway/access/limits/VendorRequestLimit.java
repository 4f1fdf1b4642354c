package io.taggateway.access.limits;

import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldParameters;
import graphql.language.OperationDefinition.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.operation.RequestBudget;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Bounds the requests that a query, or one event of a subscription, may have sent to vendors. Mutations are bounded by
 * what their inputs may have.
 */
@Component
public class VendorRequestLimit extends SimplePerformantInstrumentation implements WebGraphQlInterceptor {

    private final OperationLimit limit;

    VendorRequestLimit(LimitsProperties properties, MeterRegistry registry) {
        this.limit = new OperationLimit("vendor-requests", properties.vendorRequests(), registry);
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return Mono.defer(() -> {
            RequestBudget budget = new RequestBudget();
            request.configureExecutionInput((input, builder) ->
                    builder.graphQLContext(Map.of(RequestBudget.class, budget)).build());
            return chain.next(request).contextWrite(budget::startIn);
        });
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        RequestBudget budget = budget(context);
        Operation operation = context.getOperationDefinition().getOperation();
        if (budget == null || operation == Operation.MUTATION) {
            return null;
        }
        if (limit.isEnforced()) {
            budget.limitTo(limit.max());
        }
        return operation == Operation.QUERY ? measured(budget) : null;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginSubscribedFieldEvent(
            InstrumentationFieldParameters parameters, InstrumentationState state) {
        RequestBudget budget = budget(parameters.getExecutionContext());
        return budget == null ? null : measured(budget);
    }

    private InstrumentationContext<ExecutionResult> measured(RequestBudget budget) {
        return SimpleInstrumentationContext.whenCompleted((result, error) -> limit.record(budget.needed()));
    }

    private static @Nullable RequestBudget budget(ExecutionContext context) {
        return context.getGraphQLContext().get(RequestBudget.class);
    }
}
