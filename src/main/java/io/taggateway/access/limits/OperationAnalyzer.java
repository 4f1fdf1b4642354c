package io.taggateway.access.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.execution.AbortExecutionException;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import io.taggateway.access.limits.OperationAnalysis.Amount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Analyzes operations by their text, also those of documents that are not valid. An analysis is kept as long as the
 * parsed document is.
 */
final class OperationAnalyzer {

    private final Cache<Document, Map<OperationDefinition, OperationAnalysis>> known =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /**
     * The analyses of all operations of a document.
     *
     * @throws AbortExecutionException if a fragment spreads itself
     */
    Map<OperationDefinition, OperationAnalysis> analyze(Document document, GraphQLSchema schema) {
        return known.get(document, unknown -> {
            Walk walk = new Walk(schema, unknown);
            Map<OperationDefinition, OperationAnalysis> analyses = new HashMap<>();
            for (OperationDefinition operation : unknown.getDefinitionsOfType(OperationDefinition.class)) {
                analyses.put(operation, walk.operation(operation));
            }
            return analyses;
        });
    }

    /**
     * A walk over one document. A fragment is analyzed once, however often it is spread, and what {@code @skip} and
     * {@code @include} may leave out counts.
     */
    private static final class Walk {

        private static final Set<String> ITEMS = Set.of("nodes", "edges");

        private final GraphQLSchema schema;
        private final Map<String, FragmentDefinition> fragments = new HashMap<>();
        private final Map<String, OperationAnalysis> analyzed = new HashMap<>();
        private final Set<String> open = new HashSet<>();

        Walk(GraphQLSchema schema, Document document) {
            this.schema = schema;
            document.getDefinitionsOfType(FragmentDefinition.class)
                    .forEach(fragment -> fragments.putIfAbsent(fragment.getName(), fragment));
        }

        OperationAnalysis operation(OperationDefinition operation) {
            return selections(
                    operation.getSelectionSet(),
                    switch (operation.getOperation()) {
                        case QUERY -> schema.getQueryType();
                        case MUTATION -> schema.getMutationType();
                        case SUBSCRIPTION -> schema.getSubscriptionType();
                    });
        }

        private OperationAnalysis selections(SelectionSet set, @Nullable GraphQLType parent) {
            OperationAnalysis sum = OperationAnalysis.NOTHING;
            for (Selection<?> selection : set.getSelections()) {
                sum = sum.plus(
                        switch (selection) {
                            case Field field -> field(field, parent);
                            case FragmentSpread spread ->
                                fragment(spread.getName()).asFragment();
                            case InlineFragment inline -> inline(inline, parent).asFragment();
                            default -> OperationAnalysis.NOTHING;
                        });
            }
            return sum;
        }

        private OperationAnalysis inline(InlineFragment inline, @Nullable GraphQLType parent) {
            GraphQLType type = inline.getTypeCondition() == null
                    ? parent
                    : schema.getType(inline.getTypeCondition().getName());
            return selections(inline.getSelectionSet(), type);
        }

        private OperationAnalysis fragment(String name) {
            OperationAnalysis known = analyzed.get(name);
            FragmentDefinition fragment = fragments.get(name);
            if (known != null || fragment == null) {
                return known == null ? OperationAnalysis.NOTHING : known;
            }
            if (!open.add(name)) {
                throw new AbortExecutionException(List.of(ValidationError.newValidationError()
                        .validationErrorType(ValidationErrorType.FragmentCycle)
                        .sourceLocation(fragment.getSourceLocation())
                        .description("The fragment `" + name + "` spreads itself.")
                        .build()));
            }
            OperationAnalysis analysis = selections(
                    fragment.getSelectionSet(),
                    schema.getType(fragment.getTypeCondition().getName()));
            open.remove(name);
            analyzed.put(name, analysis);
            return analysis;
        }

        private OperationAnalysis field(Field field, @Nullable GraphQLType parent) {
            GraphQLFieldDefinition definition =
                    parent instanceof GraphQLFieldsContainer type ? type.getFieldDefinition(field.getName()) : null;
            GraphQLType type = definition == null ? null : GraphQLTypeUtil.unwrapAll(definition.getType());
            OperationAnalysis inner = field.getSelectionSet() == null
                    ? OperationAnalysis.NOTHING
                    : selections(field.getSelectionSet(), type);
            if (field.getName().startsWith("__")) {
                return inner.asIntrospection();
            }
            OperationAnalysis analysis = inner.below(field.getAlias() != null);
            if (definition == null || !(type instanceof GraphQLCompositeType)) {
                return analysis;
            }
            Amount one = cost(inner, field, definition);
            return isItems(field, parent)
                    ? analysis.withCost(Amount.NONE, one)
                    : analysis.withCost(
                            GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))
                                    ? one.times(ListSize.ofList(field, definition))
                                    : one,
                            Amount.NONE);
        }

        /** What one object costs. The items of a page are as many as the field says that answers the page. */
        private static Amount cost(OperationAnalysis inner, Field field, GraphQLFieldDefinition definition) {
            Amount items = inner.costOfItem().equals(Amount.NONE)
                    ? Amount.NONE
                    : inner.costOfItem().times(ListSize.ofPage(field, definition));
            return Amount.of(1).plus(inner.cost()).plus(items);
        }

        private static boolean isItems(Field field, @Nullable GraphQLType parent) {
            return ITEMS.contains(field.getName())
                    && parent != null
                    && GraphQLTypeUtil.simplePrint(parent).endsWith("Connection");
        }
    }
}
