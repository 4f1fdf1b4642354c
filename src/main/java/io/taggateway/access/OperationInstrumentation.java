package io.taggateway.access;

import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.language.Document;
import graphql.validation.ValidationError;
import io.taggateway.access.http.AllowedOperations;
import io.taggateway.access.limits.OperationLimits;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;

/** The gateway's steps while an operation is executed, in their order. */
final class OperationInstrumentation extends SimplePerformantInstrumentation {

    private final OperationLimits limits;

    OperationInstrumentation(OperationLimits limits) {
        this.limits = limits;
    }

    @Override
    public InstrumentationContext<Document> beginParse(
            InstrumentationExecutionParameters parameters, InstrumentationState state) {
        return limits.countTokens(parameters.getGraphQLContext());
    }

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, InstrumentationState state) {
        limits.checkDocument(parameters.getDocument(), parameters.getSchema());
        return null;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext execution = parameters.getExecutionContext();
        AllowedOperations.check(
                execution.getGraphQLContext(),
                execution.getOperationDefinition().getOperation());
        limits.checkOperation(execution);
        return limits.limitVendorRequests(execution);
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginSubscribedFieldEvent(
            InstrumentationFieldParameters parameters, InstrumentationState state) {
        ExecutionContext execution = parameters.getExecutionContext();
        beginEvent(execution);
        return limits.measureEvent(execution);
    }

    /**
     * Each event is resolved as an operation of its own, one after another, in the context of the whole subscription.
     */
    private static void beginEvent(ExecutionContext execution) {
        OperationContext operation =
                OperationContext.require(execution.getGraphQLContext().get(OperationContext.KEY));
        execution.getGraphQLContext().put(OperationContext.KEY, operation.forEvent());
        execution.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
    }
}
