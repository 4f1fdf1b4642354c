package io.taggateway.access.limits;

import graphql.execution.AbortExecutionException;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weighs operations by their text, also of documents that are not valid. A fragment is weighed once, however often it
 * is spread, and what {@code @skip} and {@code @include} may leave out counts.
 */
final class OperationWeigher {

    private static final Set<String> ITEMS = Set.of("nodes", "edges");

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments;
    private final ListSizes sizes;
    private final Map<String, Weight> weighed = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /**
     * A weigher of one document's operations.
     *
     * @param variables as the caller gave them, with the defaults of the rest
     */
    OperationWeigher(GraphQLSchema schema, Map<String, FragmentDefinition> fragments, Map<String, Object> variables) {
        this.schema = schema;
        this.fragments = fragments;
        this.sizes = new ListSizes(variables);
    }

    /**
     * What an operation has.
     *
     * @throws AbortExecutionException if a fragment spreads itself
     */
    Weight weigh(OperationDefinition operation) {
        return selections(
                operation.getSelectionSet(),
                switch (operation.getOperation()) {
                    case QUERY -> schema.getQueryType();
                    case MUTATION -> schema.getMutationType();
                    case SUBSCRIPTION -> schema.getSubscriptionType();
                });
    }

    private Weight selections(SelectionSet set, @Nullable GraphQLType parent) {
        Weight sum = Weight.NONE;
        for (Selection<?> selection : set.getSelections()) {
            Weight weight = switch (selection) {
                case Field field -> field(field, parent);
                case FragmentSpread spread -> fragment(spread.getName()).asFragment();
                case InlineFragment inline -> inline(inline, parent).asFragment();
                default -> Weight.NONE;
            };
            sum = sum.plus(weight);
        }
        return sum;
    }

    private Weight inline(InlineFragment inline, @Nullable GraphQLType parent) {
        GraphQLType type = inline.getTypeCondition() == null
                ? parent
                : schema.getType(inline.getTypeCondition().getName());
        return selections(inline.getSelectionSet(), type);
    }

    private Weight fragment(String name) {
        Weight known = weighed.get(name);
        FragmentDefinition fragment = fragments.get(name);
        if (known != null || fragment == null) {
            return known == null ? Weight.NONE : known;
        }
        if (!open.add(name)) {
            throw new AbortExecutionException(List.of(ValidationError.newValidationError()
                    .validationErrorType(ValidationErrorType.FragmentCycle)
                    .sourceLocation(fragment.getSourceLocation())
                    .description("The fragment `" + name + "` spreads itself.")
                    .build()));
        }
        Weight weight = selections(
                fragment.getSelectionSet(),
                schema.getType(fragment.getTypeCondition().getName()));
        open.remove(name);
        weighed.put(name, weight);
        return weight;
    }

    private Weight field(Field field, @Nullable GraphQLType parent) {
        GraphQLFieldDefinition definition =
                parent instanceof GraphQLFieldsContainer type ? type.getFieldDefinition(field.getName()) : null;
        GraphQLType type = definition == null ? null : GraphQLTypeUtil.unwrapAll(definition.getType());
        Weight inner = field.getSelectionSet() == null ? Weight.NONE : selections(field.getSelectionSet(), type);
        if (field.getName().startsWith("__")) {
            return inner.asIntrospection();
        }
        Weight weight = inner.below(field.getAlias() != null);
        return definition == null || !(type instanceof GraphQLCompositeType)
                ? weight
                : withCost(weight, inner, field, definition, isItems(field, parent));
    }

    /** The items of a page are as many as the field says that answers the page. */
    private Weight withCost(
            Weight weight, Weight inner, Field field, GraphQLFieldDefinition definition, boolean items) {
        long page = inner.costOfItem() == 0 ? 0 : Weight.product(sizes.page(field, definition), inner.costOfItem());
        long one = Weight.sum(1, Weight.sum(inner.cost(), page));
        if (items) {
            return weight.withCost(0, one);
        }
        boolean list = GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()));
        return weight.withCost(list ? Weight.product(sizes.list(field, definition), one) : one, 0);
    }

    private static boolean isItems(Field field, @Nullable GraphQLType parent) {
        return ITEMS.contains(field.getName())
                && parent != null
                && GraphQLTypeUtil.simplePrint(parent).endsWith("Connection");
    }
}
