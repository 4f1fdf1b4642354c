package io.taggateway.api;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The scalar {@code DateTime} of the public specification, whose values are instants here. */
final class InstantScalar implements Coercing<Instant, String> {

    private static final Coercing<?, ?> DATE_TIME = ExtendedScalars.DateTime.getCoercing();

    private InstantScalar() {}

    static GraphQLScalarType type() {
        return ExtendedScalars.DateTime.transform(builder -> builder.coercing(new InstantScalar()));
    }

    @Override
    public @Nullable String serialize(Object result, GraphQLContext context, Locale locale) {
        Object value = result instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : result;
        return (String) DATE_TIME.serialize(value, context, locale);
    }

    @Override
    public @Nullable Instant parseValue(Object input, GraphQLContext context, Locale locale) {
        return input instanceof Instant instant ? instant : instant(DATE_TIME.parseValue(input, context, locale));
    }

    @Override
    public @Nullable Instant parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        try {
            return instant(DATE_TIME.parseLiteral(input, variables, context, locale));
        } catch (CoercingParseValueException e) {
            throw new CoercingParseLiteralException(e.getMessage(), e);
        }
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        Object value = input instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : input;
        return DATE_TIME.valueToLiteral(value, context, locale);
    }

    private static @Nullable Instant instant(@Nullable Object parsed) {
        if (parsed == null) {
            return null;
        }
        OffsetDateTime time = (OffsetDateTime) parsed;
        if (time.getYear() < 1 || time.getYear() > 9999) {
            throw new CoercingParseValueException("A DateTime is in the years 1 to 9999.");
        }
        return time.toInstant();
    }
}
