package io.taggateway.access.limits;

import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import io.taggateway.api.scope.DeniedTypeCheck;
import io.taggateway.api.scope.ScopeRequirement;
import io.taggateway.api.scope.ScopedSchema;
import io.taggateway.api.scope.ScopedSchemaProvider;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Compares the scopes that an operation may require with those of its caller. Only if one is missing are data fetchers
 * executed with checks of scopes.
 */
@Component
public class ScopeCheck {

    private final OperationAnalyzer analyzer;
    private final ScopedSchemaProvider schemas;

    ScopeCheck(OperationAnalyzer analyzer, ScopedSchemaProvider schemas) {
        this.analyzer = analyzer;
        this.schemas = schemas;
    }

    /** The context of an operation, with checks of scopes if it may require one that its caller lacks. */
    public ExecutionContext withChecks(ExecutionContext context) {
        OperationContext operation =
                OperationContext.require(context.getGraphQLContext().get(OperationContext.KEY));
        Set<String> scopes = operation.origin().caller().scopes();
        OperationAnalysis analysis = analyzer.analyze(context);
        if (!analysis.readsTagsOnly()) {
            operation.cacheHint().restrict();
        }
        for (ScopeRequirement requirement : analysis.scopes()) {
            if (!requirement.isSatisfiedBy(scopes)) {
                ScopedSchema schema = schemas.of(context.getGraphQLSchema());
                DeniedTypeCheck.put(context.getGraphQLContext(), schema, scopes);
                return context.transform(builder -> builder.graphQLSchema(schema.checked()));
            }
        }
        return context;
    }

    /**
     * Rejects an operation before it is executed if a non-null root field would be null.
     *
     * @throws AbortExecutionException with one error for each such field
     */
    public void checkRootFields(ExecutionContext context) {
        if (!DeniedTypeCheck.isNeeded(context.getGraphQLContext())) {
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

    /** Ends an operation with null as its data, as the null of a non-null root field does. */
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
