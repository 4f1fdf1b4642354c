package io.taggateway.api;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import io.taggateway.tagging.model.Color;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The scalar {@code HexColor}: {@code #RRGGBB}, upper case. */
final class HexColorScalar implements Coercing<String, String> {

    private HexColorScalar() {}

    static GraphQLScalarType type() {
        return GraphQLScalarType.newScalar()
                .name("HexColor")
                .description("A color as `#RRGGBB`, upper case.")
                .coercing(new HexColorScalar())
                .build();
    }

    @Override
    public String serialize(Object result, GraphQLContext context, Locale locale) {
        return result.toString();
    }

    @Override
    public String parseValue(Object input, GraphQLContext context, Locale locale) {
        String hex = hex(input);
        if (hex == null) {
            throw new CoercingParseValueException("A HexColor looks like `#22C55E`.");
        }
        return hex;
    }

    @Override
    public String parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        String hex = input instanceof StringValue text ? hex(text.getValue()) : null;
        if (hex == null) {
            throw new CoercingParseLiteralException("A HexColor looks like `\"#22C55E\"`.");
        }
        return hex;
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return StringValue.of(input.toString());
    }

    private static @Nullable String hex(@Nullable Object input) {
        return input instanceof String text && text.startsWith("#") ? Color.hexOf(text) : null;
    }
}
