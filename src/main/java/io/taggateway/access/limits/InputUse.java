package io.taggateway.access.limits;

import graphql.GraphQLError;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.SourceLocation;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A use of a nullable variable at a location that does not accept null. GraphQL Java finds this only while the field is
 * executed, when other fields of the mutation have already written.
 *
 * @param variable the variable at the location; null if the document has a literal null in a {@code @oneOf} object
 * @param optional whether the variable may be absent, as the location has a default value
 * @param location the location in the document
 */
record InputUse(
        @Nullable String variable,
        boolean optional,
        @Nullable SourceLocation location) {

    /** The uses in the arguments of a field or directive. */
    static List<InputUse> of(List<Argument> arguments, Function<String, @Nullable GraphQLArgument> definitions) {
        List<InputUse> uses = new ArrayList<>();
        for (Argument argument : arguments) {
            GraphQLArgument definition = definitions.apply(argument.getName());
            if (definition != null) {
                collect(argument.getValue(), definition.getType(), definition.hasSetDefaultValue(), uses);
            }
        }
        return uses;
    }

    /** The uses in the default value of a variable. */
    static List<InputUse> ofDefault(@Nullable Value<?> literal, @Nullable GraphQLType type) {
        List<InputUse> uses = new ArrayList<>();
        if (literal != null && type != null) {
            collect(literal, type, false, uses);
        }
        return uses;
    }

    private static void collect(Value<?> value, GraphQLType type, boolean optional, List<InputUse> uses) {
        switch (value) {
            case VariableReference variable -> {
                if (GraphQLTypeUtil.isNonNull(type)) {
                    uses.add(new InputUse(variable.getName(), optional, variable.getSourceLocation()));
                }
            }
            case ArrayValue array -> array.getValues().forEach(item -> collect(item, itemType(type), false, uses));
            case ObjectValue object -> {
                if (GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLInputObjectType members) {
                    object.getObjectFields().forEach(field -> collect(field, members, uses));
                }
            }
            default -> {}
        }
    }

    private static void collect(ObjectField field, GraphQLInputObjectType members, List<InputUse> uses) {
        GraphQLInputObjectField member = members.getField(field.getName());
        if (member == null) {
            return;
        }
        if (!members.isOneOf()) {
            collect(field.getValue(), member.getType(), member.hasSetDefaultValue(), uses);
        } else if (field.getValue() instanceof NullValue) {
            uses.add(new InputUse(null, false, field.getSourceLocation()));
        } else {
            GraphQLType type = GraphQLNonNull.nonNull(GraphQLTypeUtil.unwrapNonNull(member.getType()));
            collect(field.getValue(), type, false, uses);
        }
    }

    private static GraphQLType itemType(GraphQLType type) {
        return GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLList list ? list.getWrappedType() : type;
    }

    static List<InputUse> union(List<InputUse> some, List<InputUse> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        Set<InputUse> union = new LinkedHashSet<>(some);
        union.addAll(others);
        return List.copyOf(union);
    }

    /** The error with these variables; null if there is none. */
    @Nullable
    GraphQLError check(Map<String, Object> variables) {
        if (variable == null) {
            return ErrorRenderer.at(
                    location, ErrorCode.GRAPHQL_VALIDATION_FAILED, "A member of a `@oneOf` object is null.");
        }
        return variables.get(variable) != null || (optional && !variables.containsKey(variable))
                ? null
                : ErrorRenderer.at(
                        location,
                        ErrorCode.BAD_USER_INPUT,
                        "The value of `$" + variable + "` is null, but must not be null here.");
    }
}
