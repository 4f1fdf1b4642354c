package io.taggateway.access.limits;

import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLInputObjectType;
import io.taggateway.access.limits.OperationAnalysis.Amount;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes how many results the input of a mutation can have. */
final class InputSize {

    /** The input fields that determine the number, with the number that applies if the field is absent. */
    private static final Map<String, Long> MEMBERS = new LinkedHashMap<>();

    /** The number if no input field determines it, for example one result for each vendor. */
    private static final Amount FEW = Amount.of(10);

    static {
        MEMBERS.put("limit", 1_000L);
        MEMBERS.put("subjectIds", 0L);
        MEMBERS.put("slugs", 1_000L);
    }

    /** For more results, selections are limited by the number of vendor requests and by the size of the response. */
    private static final long MOST = 1_000;

    private InputSize() {}

    static Amount of(Field field, GraphQLInputObjectType type) {
        for (Map.Entry<String, Long> member : MEMBERS.entrySet()) {
            if (type.getField(member.getKey()) != null) {
                return field.getArguments().stream()
                        .filter(argument -> argument.getName().equals("input"))
                        .findFirst()
                        .map(argument -> of(argument, member.getKey(), member.getValue()))
                        .orElse(FEW);
            }
        }
        return FEW;
    }

    private static Amount of(Argument input, String name, long absent) {
        if (input.getValue() instanceof VariableReference variable) {
            String whole = variable.getName();
            return new Amount(
                    0,
                    variables ->
                            size(variables.get(whole) instanceof Map<?, ?> members ? members.get(name) : null, absent));
        }
        Value<?> literal = input.getValue() instanceof ObjectValue object ? member(object, name) : null;
        if (literal instanceof VariableReference variable) {
            String part = variable.getName();
            return new Amount(0, variables -> size(variables.get(part), absent));
        }
        return Amount.of(size(literal == null ? null : ListSize.value(literal), absent));
    }

    private static @Nullable Value<?> member(ObjectValue object, String name) {
        for (ObjectField field : object.getObjectFields()) {
            if (field.getName().equals(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    private static long size(@Nullable Object value, long absent) {
        return switch (value) {
            case null -> absent;
            case Number number -> Math.clamp(number.longValue(), 0, MOST);
            case Collection<?> named -> named.size();
            default -> 1;
        };
    }
}
