package io.taggateway.access.limits;

import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import io.taggateway.api.scope.DeniedTypes;
import io.taggateway.api.scope.ScopeRequirement;
import io.taggateway.api.scope.ScopedSchema;
import io.taggateway.api.scope.ScopedSchemaProvider;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Compares the scopes that an operation may need with those of its caller. If one is missing, the operation is executed
 * with data fetchers that check scopes; all other operations are executed as if there were none.
 */
@Component
public class ScopeCheck {

    private final OperationAnalyzer analyzer;
    private final ScopedSchemaProvider schemas;

    ScopeCheck(OperationAnalyzer analyzer, ScopedSchemaProvider schemas) {
        this.analyzer = analyzer;
        this.schemas = schemas;
    }

    /** The context of an operation, with checks of its caller's scopes if it may need one that is missing. */
    public ExecutionContext withChecks(ExecutionContext context) {
        OperationContext operation =
                OperationContext.require(context.getGraphQLContext().get(OperationContext.KEY));
        Set<String> scopes = operation.origin().caller().scopes();
        OperationAnalysis analysis = analyzer.analyze(context);
        if (!analysis.readsTagsOnly()) {
            operation.cacheHint().restrict();
        }
        for (ScopeRequirement requirement : analysis.scopes()) {
            if (!requirement.isMetBy(scopes)) {
                ScopedSchema schema = schemas.of(context.getGraphQLSchema());
                DeniedTypes.put(context.getGraphQLContext(), schema, scopes);
                return context.transform(builder -> builder.graphQLSchema(schema.checked()));
            }
        }
        return context;
    }

    /**
     * Refuses an operation before anything is done for it, if a root field that must not be null is denied.
     *
     * @throws AbortExecutionException with one error for each such field
     */
    public void checkRootFields(ExecutionContext context) {
        if (!DeniedTypes.areIn(context.getGraphQLContext())) {
            return;
        }
        ScopedSchema schema = schemas.of(context.getGraphQLSchema());
        List<GraphQLError> errors = new RootFieldCheck(schema, scopes(context.getGraphQLContext()), context).errors();
        if (!errors.isEmpty()) {
            throw new RefusedOperationException(errors);
        }
    }

    private static Set<String> scopes(GraphQLContext context) {
        return OperationContext.require(context.get(OperationContext.KEY))
                .origin()
                .caller()
                .scopes();
    }

    /** The end of an operation whose data is null, as a null of its root fields makes it. */
    private static final class RefusedOperationException extends AbortExecutionException {

        private static final long serialVersionUID = 1L;

        RefusedOperationException(List<GraphQLError> errors) {
            super(errors);
        }

        @Override
        public ExecutionResult toExecutionResult() {
            return ExecutionResult.newExecutionResult()
                    .data(null)
                    .errors(getUnderlyingErrors())
                    .build();
        }
    }
}
