package io.taggateway.access.limits;

import graphql.execution.AbortExecutionException;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableDefinition;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.TypeInfo;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import io.taggateway.access.limits.CostliestField.FieldCost;
import io.taggateway.access.limits.OperationAnalysis.Amount;
import io.taggateway.api.scope.ScopedSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Analyzes one document. Each fragment is analyzed once, however often it is spread. Fields with {@code @skip} or
 * {@code @include} always count.
 */
final class DocumentWalk {

    private static final String TYPENAME = "__typename";

    private final ScopedSchema scopes;
    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, OperationAnalysis> analyzed = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final FieldCollector fields;

    DocumentWalk(ScopedSchema scopes, Document document, @Nullable Map<Field, FieldCost> costs) {
        this.scopes = scopes;
        this.schema = scopes.schema();
        this.fields = new FieldCollector(schema, costs);
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.putIfAbsent(fragment.getName(), fragment));
    }

    /** The fragments that no operation spreads. They count, as they are validated too. */
    OperationAnalysis unspread() {
        return List.copyOf(fragments.keySet()).stream()
                .filter(name -> !analyzed.containsKey(name))
                .map(name -> fragment(name).asFragment())
                .reduce(OperationAnalysis.NOTHING, OperationAnalysis::plus);
    }

    /** The fields analyzed so far. */
    Set<FieldCoordinates> fields() {
        return fields.found();
    }

    OperationAnalysis operation(OperationDefinition operation) {
        OperationAnalysis analysis = selections(
                operation.getSelectionSet(),
                switch (operation.getOperation()) {
                    case QUERY -> schema.getQueryType();
                    case MUTATION -> schema.getMutationType();
                    case SUBSCRIPTION -> schema.getSubscriptionType();
                });
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            analysis = analysis.with(InputUse.ofDefault(
                    variable.getDefaultValue(),
                    schema.getType(TypeInfo.typeInfo(variable.getType()).getName())));
        }
        return analysis.with(directives(operation));
    }

    private List<InputUse> directives(DirectivesContainer<?> node) {
        List<InputUse> uses = List.of();
        for (Directive directive : node.getDirectives()) {
            GraphQLDirective definition = schema.getDirective(directive.getName());
            if (definition != null) {
                uses = InputUse.union(uses, InputUse.of(directive.getArguments(), definition::getArgument));
            }
        }
        return uses;
    }

    private OperationAnalysis selections(SelectionSet set, @Nullable GraphQLType parent) {
        OperationAnalysis sum = OperationAnalysis.NOTHING;
        for (Selection<?> selection : set.getSelections()) {
            sum = sum.plus(
                    switch (selection) {
                        case Field field -> field(field, parent).with(directives(field));
                        case FragmentSpread spread ->
                            fragment(spread.getName()).asFragment().with(directives(spread));
                        case InlineFragment inline ->
                            inline(inline, parent).asFragment().with(directives(inline));
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
        fields.add(field.getName(), parent);
        GraphQLFieldDefinition definition = definition(field.getName(), parent);
        GraphQLType type = definition == null ? null : GraphQLTypeUtil.unwrapAll(definition.getType());
        OperationAnalysis inner =
                field.getSelectionSet() == null ? OperationAnalysis.NOTHING : selections(field.getSelectionSet(), type);
        if (definition != null) {
            inner = inner.with(InputUse.of(field.getArguments(), definition::getArgument))
                    .needing(scopes.possible(definition));
        }
        Amount key = Amount.of(field.getResultKey().length());
        if (field.getName().startsWith("__") || ListSize.isIntrospection(parent)) {
            return introspection(field, inner, key.fixed());
        }
        boolean aliased = field.getAlias() != null;
        if (definition == null || !(type instanceof GraphQLCompositeType)) {
            return inner.below(aliased, key, Amount.NONE);
        }
        Amount one = cost(inner, field, definition);
        OperationAnalysis analysis = ListSize.isItems(field, parent)
                ? inner.below(aliased, key, one)
                : inner.below(aliased, key.plus(one.times(ListSize.ofField(field, definition, parent))), Amount.NONE);
        return fields.keepCost(field, definition.getArgument("first") != null, analysis);
    }

    private @Nullable GraphQLFieldDefinition definition(String name, @Nullable GraphQLType parent) {
        if (schema.getQueryType().equals(parent) && name.startsWith("__")) {
            return switch (name) {
                case "__schema" -> schema.getIntrospectionSchemaFieldDefinition();
                case "__type" -> schema.getIntrospectionTypeFieldDefinition();
                default -> null;
            };
        }
        return parent instanceof GraphQLFieldsContainer type ? type.getFieldDefinition(name) : null;
    }

    private static OperationAnalysis introspection(Field field, OperationAnalysis inner, long key) {
        boolean aliased = field.getAlias() != null;
        if (TYPENAME.equals(field.getName())) {
            return inner.asIntrospection(aliased, Amount.of(key), key);
        }
        long one = field.getSelectionSet() == null ? 0 : Amount.sum(Amount.OBJECT, inner.schemaCost());
        long all = Amount.sum(key, Amount.product(one, ListSize.ofIntrospection(field)));
        return inner.asIntrospection(aliased, Amount.NONE, all);
    }

    /** The cost of one object. The number of items of a page is that of the field that returns the page. */
    private static Amount cost(OperationAnalysis inner, Field field, GraphQLFieldDefinition definition) {
        Amount items = inner.costOfItem().equals(Amount.NONE)
                ? Amount.NONE
                : inner.costOfItem().times(ListSize.ofPage(field, definition));
        return Amount.of(Amount.OBJECT).plus(inner.cost()).plus(items);
    }
}
