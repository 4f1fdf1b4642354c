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
import graphql.schema.GraphQLTypeUtil;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many items lists are taken to have, before anybody has seen them. */
final class ListSizes {

    /** Such as the tags of a call, or a group's. */
    static final long LIST = 10;

    static final long PAGE = 100;

    private static final List<String> PAGE_SIZES = List.of("first", "last");

    private final Map<String, Object> variables;

    ListSizes(Map<String, Object> variables) {
        this.variables = variables;
    }

    /** The items of a page: as many as the caller or the schema says. */
    long page(Field field, GraphQLFieldDefinition definition) {
        long size = -1;
        for (String name : PAGE_SIZES) {
            GraphQLArgument argument = definition.getArgument(name);
            if (argument != null && value(field, argument) instanceof Number number) {
                size = Math.max(size, number.longValue());
            }
        }
        return size < 0 ? PAGE : size;
    }

    /** The items of a list that is no page: as many as the caller named, where the field is asked for named things. */
    long list(Field field, GraphQLFieldDefinition definition) {
        for (GraphQLArgument argument : definition.getArguments()) {
            if (GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(argument.getType()))) {
                return value(field, argument) instanceof Collection<?> named ? named.size() : 1;
            }
        }
        return LIST;
    }

    /** A number, a collection, or something else; null where there is none. */
    private @Nullable Object value(Field field, GraphQLArgument argument) {
        for (Argument given : field.getArguments()) {
            if (given.getName().equals(argument.getName())) {
                return given.getValue() instanceof VariableReference variable
                                && !variables.containsKey(variable.getName())
                        ? byDefault(argument)
                        : value(given.getValue());
            }
        }
        return byDefault(argument);
    }

    private @Nullable Object value(@Nullable Value<?> value) {
        return switch (value) {
            case VariableReference variable -> variables.get(variable.getName());
            case IntValue number -> number.getValue().min(BigInteger.valueOf(Integer.MAX_VALUE));
            case ArrayValue array -> array.getValues();
            case NullValue nothing -> null;
            case null, default -> value;
        };
    }

    private @Nullable Object byDefault(GraphQLArgument argument) {
        Object value = argument.getArgumentDefaultValue().getValue();
        return value instanceof Value<?> literal ? value(literal) : value;
    }
}
