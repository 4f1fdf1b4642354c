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
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.VendorRequestScope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests that a query, or one event of a subscription, may have sent to vendors. Mutations are bounded by
 * what their inputs may have.
 */
@Component
class VendorRequestLimit extends SimplePerformantInstrumentation {

    private final OperationLimit limit;

    VendorRequestLimit(LimitsProperties properties, MeterRegistry registry) {
        this.limit = new OperationLimit("vendor-requests", properties.vendorRequests(), registry);
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        VendorRequestScope requests = requests(context);
        Operation operation = context.getOperationDefinition().getOperation();
        if (operation == Operation.MUTATION) {
            return null;
        }
        if (limit.isEnforced()) {
            requests.limitTo(limit.max());
        }
        return operation == Operation.QUERY ? measured(requests) : null;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginSubscribedFieldEvent(
            InstrumentationFieldParameters parameters, InstrumentationState state) {
        VendorRequestScope requests = requests(parameters.getExecutionContext());
        return measured(requests);
    }

    private InstrumentationContext<ExecutionResult> measured(VendorRequestScope requests) {
        return SimpleInstrumentationContext.whenCompleted((result, error) -> limit.record(requests.needed()));
    }

    private static VendorRequestScope requests(ExecutionContext context) {
        return OperationContext.require(context.getGraphQLContext().get(OperationContext.KEY))
                .requests();
    }
}
