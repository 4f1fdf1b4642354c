package io.taggateway.api;

import graphql.GraphQLContext;
import graphql.Scalars;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import io.taggateway.tagging.model.Color;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A scalar whose values are converted from and to those of another scalar.
 *
 * @param base the other scalar
 * @param parse maps a value that the other scalar has read
 * @param print maps a value before the other scalar writes it
 */
record MappedScalar(Coercing<?, ?> base, UnaryOperator<Object> parse, UnaryOperator<Object> print)
        implements Coercing<Object, Object> {

    /** The scalar {@code DateTime} of the public specification, whose values are instants here. */
    static GraphQLScalarType dateTime() {
        return ExtendedScalars.DateTime.transform(builder -> builder.coercing(new MappedScalar(
                ExtendedScalars.DateTime.getCoercing(),
                MappedScalar::instant,
                value -> value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value)));
    }

    /** The scalar {@code HexColor}: {@code #RRGGBB}, upper case. */
    static GraphQLScalarType hexColor() {
        return GraphQLScalarType.newScalar()
                .name("HexColor")
                .description("A color as `#RRGGBB`, upper case.")
                .coercing(new MappedScalar(Scalars.GraphQLString.getCoercing(), MappedScalar::hex, Object::toString))
                .build();
    }

    @Override
    public Object serialize(Object result, GraphQLContext context, Locale locale) {
        return Objects.requireNonNull(base.serialize(print.apply(result), context, locale));
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
        return input instanceof Instant
                ? input
                : parse.apply(Objects.requireNonNull(base.parseValue(input, context, locale)));
    }

    @Override
    public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        try {
            return parse.apply(Objects.requireNonNull(base.parseLiteral(input, variables, context, locale)));
        } catch (CoercingParseValueException e) {
            throw new CoercingParseLiteralException(e.getMessage(), e);
        }
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return base.valueToLiteral(print.apply(input), context, locale);
    }

    private static Object instant(Object parsed) {
        OffsetDateTime time = (OffsetDateTime) parsed;
        if (time.getYear() < 1 || time.getYear() > 9999) {
            throw new CoercingParseValueException("A DateTime is in the years 1 to 9999.");
        }
        return time.toInstant();
    }

    private static Object hex(Object text) {
        String hex = text.toString().startsWith("#") ? Color.hexOf(text.toString()) : null;
        if (hex == null) {
            throw new CoercingParseValueException("A HexColor looks like `#22C55E`.");
        }
        return hex;
    }
}
