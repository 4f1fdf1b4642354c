package io.taggateway.access.limits;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.taggateway.access.limits.OperationAnalysis.Amount;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How many items lists are taken to have, before anybody has seen them. */
final class ListSize {

    private static final Set<String> ITEMS = Set.of("nodes", "edges");

    /** Lists that most results of a mutation leave empty. */
    private static final Set<String> FEW = Set.of("userErrors", "warnings");

    private static final List<String> PAGE_SIZES = List.of("first", "last");
    private static final Amount UNKNOWN = Amount.of(-1);
    private static final Amount PAGE = Amount.of(100);

    /** Such as the tags of a call, or a group's. */
    private static final Amount LIST = Amount.of(10);

    /** As many as the schema has, or more. */
    private static final Map<String, Long> INTROSPECTION = Map.of(
            "types", 120L,
            "directives", 12L,
            "fields", 8L,
            "args", 2L,
            "inputFields", 6L,
            "enumValues", 8L,
            "interfaces", 2L,
            "possibleTypes", 4L);

    private ListSize() {}

    /** The objects of a field: 1 where it is no list. */
    static Amount ofField(Field field, GraphQLFieldDefinition definition, @Nullable GraphQLType parent) {
        if (!GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))
                || (FEW.contains(field.getName()) && isNamed(parent, "Result"))) {
            return Amount.of(1);
        }
        return ofList(field, definition);
    }

    /** Whether a field has the items of a page, or the results of a mutation. */
    static boolean isItems(Field field, @Nullable GraphQLType parent) {
        return (ITEMS.contains(field.getName()) && isNamed(parent, "Connection"))
                || (field.getName().equals("results") && isNamed(parent, "Payload"));
    }

    private static boolean isNamed(@Nullable GraphQLType type, String ending) {
        return type instanceof GraphQLNamedType named && named.getName().endsWith(ending);
    }

    /** The items of a page: as many as the caller or the schema says; or the results of a mutation. */
    static Amount ofPage(Field field, GraphQLFieldDefinition definition) {
        GraphQLArgument input = definition.getArgument("input");
        if (input != null && GraphQLTypeUtil.unwrapAll(input.getType()) instanceof GraphQLInputObjectType type) {
            return InputSize.of(field, type);
        }
        Amount size = UNKNOWN;
        for (String name : PAGE_SIZES) {
            GraphQLArgument argument = definition.getArgument(name);
            if (argument != null) {
                size = size.combine(
                        of(field, argument, value -> value instanceof Number number ? number.longValue() : -1),
                        Math::max);
            }
        }
        return size.combine(PAGE, (known, page) -> known < 0 ? page : known);
    }

    /** The items of a list that is no page: as many as the caller named, where the field is asked for named things. */
    private static Amount ofList(Field field, GraphQLFieldDefinition definition) {
        for (GraphQLArgument argument : definition.getArguments()) {
            if (GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(argument.getType()))) {
                return of(field, argument, value -> value instanceof Collection<?> named ? named.size() : 1);
            }
        }
        return LIST;
    }

    /** The items of a list of introspection; 1 for what is no list. */
    static long ofIntrospection(Field field) {
        return INTROSPECTION.getOrDefault(field.getName(), 1L);
    }

    /** What an argument says. No node is kept: the document would never be forgotten. */
    private static Amount of(Field field, GraphQLArgument argument, ToLongFunction<@Nullable Object> size) {
        Object preset = argument.getArgumentDefaultValue().getValue();
        long otherwise = size.applyAsLong(preset instanceof Value<?> literal ? value(literal) : preset);
        for (Argument given : field.getArguments()) {
            if (given.getName().equals(argument.getName())) {
                return given.getValue() instanceof VariableReference variable
                        ? ofVariable(variable.getName(), size, otherwise)
                        : Amount.of(size.applyAsLong(value(given.getValue())));
            }
        }
        return Amount.of(otherwise);
    }

    private static Amount ofVariable(String name, ToLongFunction<@Nullable Object> size, long otherwise) {
        return new Amount(
                0, variables -> variables.containsKey(name) ? size.applyAsLong(variables.get(name)) : otherwise);
    }

    /** A number, a collection, or something else; null where there is none. */
    static @Nullable Object value(Value<?> literal) {
        return switch (literal) {
            case IntValue number -> number.getValue().min(BigInteger.valueOf(Integer.MAX_VALUE));
            case ArrayValue array -> array.getValues();
            case NullValue nothing -> null;
            default -> literal;
        };
    }
}
