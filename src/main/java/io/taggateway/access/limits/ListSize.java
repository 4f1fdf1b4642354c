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

/** Estimates the number of items of lists before they are fetched. */
final class ListSize {

    private static final Set<String> ITEMS = Set.of("nodes", "edges");

    /** Lists that are empty in most results of a mutation. */
    private static final Set<String> FEW = Set.of("userErrors", "warnings");

    private static final List<String> PAGE_SIZES = List.of("first", "last");
    private static final Amount UNKNOWN = Amount.of(-1);
    private static final Amount PAGE = Amount.of(100);

    /** The estimate for other lists, such as the tags of a call or of a group. */
    private static final Amount LIST = Amount.of(10);

    /** At least as many as the schema has. */
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

    /** The number of objects of a field; 1 if it is not a list. */
    static Amount ofField(Field field, GraphQLFieldDefinition definition, @Nullable GraphQLType parent) {
        if (!GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))
                || (FEW.contains(field.getName()) && isNamed(parent, "Result"))) {
            return Amount.of(1);
        }
        return ofList(field, definition);
    }

    /** Whether a field contains the items of a page or the results of a mutation. */
    static boolean isItems(Field field, @Nullable GraphQLType parent) {
        return (ITEMS.contains(field.getName()) && isNamed(parent, "Connection"))
                || (field.getName().equals("results") && isNamed(parent, "Payload"));
    }

    private static boolean isNamed(@Nullable GraphQLType type, String ending) {
        return type instanceof GraphQLNamedType named && named.getName().endsWith(ending);
    }

    /**
     * The number of items of a page, from the caller's argument or the schema's default; or the number of results of a
     * mutation.
     */
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

    /**
     * The number of items of a list that is not a page; if the caller lists ids or names in an argument, the number of
     * these.
     */
    private static Amount ofList(Field field, GraphQLFieldDefinition definition) {
        for (GraphQLArgument argument : definition.getArguments()) {
            if (GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(argument.getType()))) {
                return of(field, argument, value -> value instanceof Collection<?> named ? named.size() : 1);
            }
        }
        return LIST;
    }

    /** Whether the fields of a type are those of introspection. */
    static boolean isIntrospection(@Nullable GraphQLType type) {
        return type instanceof GraphQLNamedType named && named.getName().startsWith("__");
    }

    /** The number of items of a list of introspection; 1 if it is not a list. */
    static long ofIntrospection(Field field) {
        return INTROSPECTION.getOrDefault(field.getName(), 1L);
    }

    /** The value of an argument. The result refers to no node, as that would keep the whole document in memory. */
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

    /** A number, a collection, or another value; null if there is none. */
    static @Nullable Object value(Value<?> literal) {
        return switch (literal) {
            case IntValue number -> number.getValue().min(BigInteger.valueOf(Integer.MAX_VALUE));
            case ArrayValue array -> array.getValues();
            case NullValue nothing -> null;
            default -> literal;
        };
    }
}
