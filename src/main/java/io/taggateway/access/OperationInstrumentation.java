package io.taggateway.access;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.FieldFetchingInstrumentationContext;
import graphql.execution.instrumentation.Instrumentation;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationCreateStateParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.introspection.GoodFaithIntrospection;
import graphql.language.Document;
import graphql.language.OperationDefinition.Operation;
import graphql.validation.ValidationError;
import io.taggateway.access.cache.SharedFlight;
import io.taggateway.access.http.HttpOperationPolicy;
import io.taggateway.access.limits.DocumentLimitCheck;
import io.taggateway.access.limits.OperationLimiter;
import io.taggateway.access.limits.ScopeCheck;
import io.taggateway.access.limits.SubscriptionRootRule;
import io.taggateway.access.quota.OperationCharge;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.VendorRequestScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Calls the gateway's steps during the execution of an operation in their order, and Spring's observation of the
 * operation. It replaces a chain of instrumentations, which the engine would call several times for each field.
 */
final class OperationInstrumentation extends SimplePerformantInstrumentation {

    private final DocumentLimitCheck documents;
    private final OperationLimiter limits;
    private final DataLoaderProvider dataLoaders;
    private final ScopeCheck scopes;
    private final Instrumentation observation;

    OperationInstrumentation(
            DocumentLimitCheck documents,
            OperationLimiter limits,
            DataLoaderProvider dataLoaders,
            ScopeCheck scopes,
            Instrumentation observation) {
        this.documents = documents;
        this.limits = limits;
        this.dataLoaders = dataLoaders;
        this.scopes = scopes;
        this.observation = observation;
    }

    @Override
    public @Nullable CompletableFuture<InstrumentationState> createStateAsync(
            InstrumentationCreateStateParameters parameters) {
        return observation.createStateAsync(parameters);
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecution(
            InstrumentationExecutionParameters parameters, InstrumentationState state) {
        return observation.beginExecution(parameters, state);
    }

    /**
     * An empty operation name counts as absent, as the engine would select the first operation. The engine's check of
     * introspection, which refuses a second {@code __type}, is disabled, as {@link OperationLimiter} limits its size.
     */
    @Override
    public ExecutionInput instrumentExecutionInput(
            ExecutionInput input, InstrumentationExecutionParameters parameters, InstrumentationState state) {
        input.getGraphQLContext().put(GoodFaithIntrospection.GOOD_FAITH_INTROSPECTION_DISABLED, true);
        return "".equals(input.getOperationName()) ? input.transform(builder -> builder.operationName(null)) : input;
    }

    @Override
    public InstrumentationContext<Document> beginParse(
            InstrumentationExecutionParameters parameters, InstrumentationState state) {
        return documents.beginParse(parameters.getQuery(), parameters.getGraphQLContext());
    }

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, InstrumentationState state) {
        documents.checkDocument(parameters.getDocument(), parameters.getSchema());
        SubscriptionRootRule.check(parameters.getDocument());
        return null;
    }

    @Override
    public ExecutionContext instrumentExecutionContext(
            ExecutionContext context, InstrumentationExecutionParameters parameters, InstrumentationState state) {
        ExecutionContext checked = scopes.withChecks(context);
        DataLoaderRegistry needed =
                dataLoaders.find(context.getDocument(), context.getGraphQLSchema(), context.getGraphQLContext());
        if (needed == null) {
            return checked;
        }
        ExecutionInput input = context.getExecutionInput().transform(builder -> builder.dataLoaderRegistry(needed));
        DataLoaderRegistry observed =
                observation.instrumentExecutionInput(input, parameters, state).getDataLoaderRegistry();
        return checked.transform(builder -> builder.dataLoaderRegistry(observed));
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        observation.beginExecuteOperation(parameters, state);
        ExecutionContext execution = parameters.getExecutionContext();
        HttpOperationPolicy.check(
                execution.getGraphQLContext(),
                execution.getOperationDefinition().getOperation());
        long cost = limits.checkOperation(execution);
        execution.getGraphQLContext().put(OperationLimiter.COST, cost);
        scopes.checkRootFields(execution);
        OperationCharge charge = execution.getGraphQLContext().get(OperationCharge.class);
        if (charge != null) {
            charge.takeCost(cost);
        }
        InstrumentationContext<ExecutionResult> measured = limits.limitVendorRequests(execution);
        if (execution.getOperationDefinition().getOperation() == Operation.QUERY) {
            SharedFlight.open(execution.getGraphQLContext(), cost);
        }
        return measured == null ? AuditLog.begin(execution) : measured;
    }

    @Override
    public FieldFetchingInstrumentationContext beginFieldFetching(
            InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        return limits.exemptMutation(parameters);
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
        VendorRequestScope event = execution.getGraphQLContext().get(VendorRequestScope.class);
        execution.getGraphQLContext().put(OperationContext.KEY, operation.forEvent(event));
        execution.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
    }
}
