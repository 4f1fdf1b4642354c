package io.taggateway.access.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLSchema;
import io.taggateway.api.scope.ScopedSchemaProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Analyzes operations before validation, so also those of invalid documents. An analysis is cached with the parsed
 * document.
 */
@Component
public final class OperationAnalyzer {

    private final Cache<Document, Analyzed> known =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();
    private final ScopedSchemaProvider scopes;

    OperationAnalyzer(ScopedSchemaProvider scopes) {
        this.scopes = scopes;
    }

    /**
     * The analyses of all operations of a document.
     *
     * @throws AbortExecutionException if a fragment spreads itself
     */
    Map<OperationDefinition, OperationAnalysis> analyze(Document document, GraphQLSchema schema) {
        return analyzed(document, schema).operations();
    }

    /** The analysis of the operation that is executed. */
    OperationAnalysis analyze(ExecutionContext context) {
        return Objects.requireNonNull(
                analyze(context.getDocument(), context.getGraphQLSchema()).get(context.getOperationDefinition()));
    }

    /**
     * The analysis of everything in a document that is validated, including fragments that no operation spreads.
     *
     * @throws AbortExecutionException if a fragment spreads itself
     */
    OperationAnalysis analyzeWhole(Document document, GraphQLSchema schema) {
        return analyzed(document, schema).whole();
    }

    /**
     * The fields of object types that any operation of a document selects.
     *
     * @throws AbortExecutionException if a fragment spreads itself
     */
    public Set<FieldCoordinates> fields(Document document, GraphQLSchema schema) {
        return analyzed(document, schema).fields();
    }

    /** The path of the field to bound in an operation that costs too much; null if there is none. */
    @Nullable
    String costliestField(ExecutionContext context, Map<String, Object> variables) {
        CostliestField costliest = new CostliestField(context.getDocument(), variables);
        new DocumentWalk(scopes.of(context.getGraphQLSchema()), context.getDocument(), costliest.costs())
                .operation(context.getOperationDefinition());
        return costliest.path(context.getOperationDefinition());
    }

    private Analyzed analyzed(Document document, GraphQLSchema schema) {
        return known.get(document, unknown -> {
            DocumentWalk walk = new DocumentWalk(scopes.of(schema), unknown, null);
            Map<OperationDefinition, OperationAnalysis> operations = new HashMap<>();
            for (OperationDefinition operation : unknown.getDefinitionsOfType(OperationDefinition.class)) {
                operations.put(operation, walk.operation(operation));
            }
            OperationAnalysis whole = operations.values().stream().reduce(walk.unspread(), OperationAnalysis::plus);
            return new Analyzed(operations, whole, walk.fields());
        });
    }

    /** The cached analyses of a document. */
    private record Analyzed(
            Map<OperationDefinition, OperationAnalysis> operations,
            OperationAnalysis whole,
            Set<FieldCoordinates> fields) {}
}
