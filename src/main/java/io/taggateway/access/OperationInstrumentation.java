package io.taggateway.access;

import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import io.taggateway.access.http.AllowedOperations;
import org.jspecify.annotations.Nullable;

/** The gateway's steps while an operation is executed, in their order. */
final class OperationInstrumentation extends SimplePerformantInstrumentation {

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext execution = parameters.getExecutionContext();
        AllowedOperations.check(
                execution.getGraphQLContext(),
                execution.getOperationDefinition().getOperation());
        return null;
    }
}
