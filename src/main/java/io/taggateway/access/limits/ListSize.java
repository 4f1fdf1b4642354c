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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many items a list is taken to have, before anybody has seen them: the largest of what arguments say.
 *
 * @param fixed what arguments without a variable say; negative where they say nothing
 * @param variables the variables that say more, with what holds where one is not given
 * @param reading the size that a variable's value means
 */
record ListSize(long fixed, Map<String, Long> variables, ToLongFunction<@Nullable Object> reading) {

    /** Such as the tags of a call, or a group's. */
    private static final long LIST = 10;

    private static final long PAGE = 100;
    private static final long NOTHING = -1;

    /** The items of a page: as many as the caller or the schema says. */
    static ListSize ofPage(Field field, GraphQLFieldDefinition definition) {
        List<GraphQLArgument> sizes = Stream.of("first", "last")
                .map(definition::getArgument)
                .filter(Objects::nonNull)
                .toList();
        return of(field, sizes, value -> value instanceof Number number ? number.longValue() : NOTHING);
    }

    /** The items of a list that is no page: as many as the caller named, where the field is asked for named things. */
    static ListSize ofList(Field field, GraphQLFieldDefinition definition) {
        List<GraphQLArgument> named = definition.getArguments().stream()
                .filter(argument -> GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(argument.getType())))
                .limit(1)
                .toList();
        return named.isEmpty()
                ? new ListSize(LIST, Map.of(), value -> LIST)
                : of(field, named, value -> value instanceof Collection<?> items ? items.size() : 1);
    }

    private static ListSize of(Field field, List<GraphQLArgument> arguments, ToLongFunction<@Nullable Object> reading) {
        long fixed = NOTHING;
        Map<String, Long> variables = new HashMap<>();
        for (GraphQLArgument argument : arguments) {
            Argument given = field.getArguments().stream()
                    .filter(each -> each.getName().equals(argument.getName()))
                    .findFirst()
                    .orElse(null);
            long preset = reading.applyAsLong(preset(argument));
            if (given != null && given.getValue() instanceof VariableReference variable) {
                variables.merge(variable.getName(), preset, Math::max);
            } else {
                fixed = Math.max(fixed, given == null ? preset : reading.applyAsLong(literal(given.getValue())));
            }
        }
        return new ListSize(fixed, variables, reading);
    }

    private static @Nullable Object preset(GraphQLArgument argument) {
        Object value = argument.getArgumentDefaultValue().getValue();
        return value instanceof Value<?> literal ? literal(literal) : value;
    }

    /** A number, a collection, or something else; null where there is none. */
    private static @Nullable Object literal(Value<?> value) {
        return switch (value) {
            case IntValue number -> number.getValue().min(BigInteger.valueOf(Integer.MAX_VALUE));
            case ArrayValue array -> array.getValues();
            case NullValue nothing -> null;
            default -> value;
        };
    }

    /** The items, given these variables. */
    long with(Map<String, Object> values) {
        long size = fixed;
        for (Map.Entry<String, Long> variable : variables.entrySet()) {
            size = Math.max(
                    size,
                    values.containsKey(variable.getKey())
                            ? reading.applyAsLong(values.get(variable.getKey()))
                            : variable.getValue());
        }
        return size < 0 ? PAGE : size;
    }
}
