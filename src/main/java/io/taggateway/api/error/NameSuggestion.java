package io.taggateway.api.error;

import graphql.GraphQLError;
import graphql.introspection.Introspection;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.validation.ValidationError;
import io.taggateway.tagging.model.NearestName;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Completes the engine's messages about unknown names with the name that the caller may have meant. */
record NameSuggestion(GraphQLSchema schema) {

    private static final Pattern FIELD = Pattern.compile("Field '(?<name>\\w+)' in type '(?<type>\\w+)' is undefined$");

    private static final Pattern ARGUMENT = Pattern.compile("Unknown field argument '(?<name>\\w+)'$");

    private static final Pattern INPUT_FIELD =
            Pattern.compile("contains a field not in '(?<type>\\w+)': '(?<name>\\w+)'$");

    private static final Pattern VARIABLE_FIELD = Pattern.compile(
            "a field name '(?<name>\\w+)' that is not defined for input object type '(?<type>\\w+)' ?$");

    private static final Pattern ENUM =
            Pattern.compile("enum '(?<type>\\w+)'(?: has no value|\\. No value found for name) '(?<name>\\w+)'$");

    private static final Pattern TYPE = Pattern.compile("Unknown type '(?<name>\\w+)'$");

    private static final Pattern DIRECTIVE = Pattern.compile("Unknown directive '(?<name>\\w+)'$");

    /** The message, followed by a suggestion if there is a similar name. */
    String complete(GraphQLError error, String message) {
        for (Pattern pattern : List.of(FIELD, ARGUMENT, INPUT_FIELD, VARIABLE_FIELD, ENUM, TYPE, DIRECTIVE)) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.find()) {
                List<String> names = names(pattern, matcher, error)
                        .filter(name -> !name.startsWith("_"))
                        .toList();
                String meant = NearestName.find(matcher.group("name"), names);
                return meant == null ? message : message.strip() + ". Did you mean '" + meant + "'?";
            }
        }
        return message;
    }

    private Stream<String> names(Pattern pattern, Matcher matcher, GraphQLError error) {
        if (pattern.equals(ARGUMENT)) {
            return arguments(error);
        }
        if (pattern.equals(TYPE)) {
            // All types, as the message does not show whether an input type is needed
            return schema.getAllTypesAsList().stream().map(GraphQLNamedType::getName);
        }
        if (pattern.equals(DIRECTIVE)) {
            return schema.getDirectives().stream()
                    .filter(directive -> directive.validLocations().contains(Introspection.DirectiveLocation.FIELD))
                    .map(GraphQLDirective::getName);
        }
        return members(schema.getType(matcher.group("type")));
    }

    private static Stream<String> members(@Nullable GraphQLType type) {
        return switch (type) {
            case GraphQLFieldsContainer container ->
                container.getFieldDefinitions().stream().map(GraphQLFieldDefinition::getName);
            case GraphQLInputObjectType input ->
                input.getFieldDefinitions().stream().map(GraphQLNamedSchemaElement::getName);
            case GraphQLEnumType values -> values.getValues().stream().map(GraphQLEnumValueDefinition::getName);
            case null, default -> Stream.empty();
        };
    }

    /** The arguments of all fields with the name of the field, as the error does not contain the type of the field. */
    private Stream<String> arguments(GraphQLError error) {
        List<String> path = error instanceof ValidationError invalid ? invalid.getQueryPath() : null;
        if (path == null || path.isEmpty()) {
            return Stream.empty();
        }
        return schema.getAllTypesAsList().stream()
                .filter(GraphQLFieldsContainer.class::isInstance)
                .map(type -> ((GraphQLFieldsContainer) type).getFieldDefinition(path.getLast()))
                .filter(Objects::nonNull)
                .flatMap(field -> field.getArguments().stream())
                .map(GraphQLNamedSchemaElement::getName)
                .distinct();
    }
}
