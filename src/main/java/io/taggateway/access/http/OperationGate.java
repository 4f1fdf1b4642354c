package io.taggateway.access.http;

import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Tells an HTTP request what its operation is, once that is known, and ends one that it may not do. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OperationGate extends SimplePerformantInstrumentation {

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        HttpOperation operation = context.getGraphQLContext().get(HttpOperation.KEY);
        if (operation != null) {
            operation.begin(context.getOperationDefinition().getOperation());
        }
        return null;
    }
}
