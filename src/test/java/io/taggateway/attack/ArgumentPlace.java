package io.taggateway.attack;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A position in the arguments of a field that accepts a value.
 *
 * @param parent the type of the field
 * @param path the names from the argument to the position, for messages
 * @param type the expected type; a string for an input field of {@code _Any}, which has no schema
 * @param others the values of the other required arguments
 * @param frame a value of the argument, which contains {@link #HOLE} at the position
 */
record ArgumentPlace(
        String parent,
        FieldDefinition field,
        InputValueDefinition argument,
        String path,
        Type<?> type,
        Map<String, Object> others,
        Object frame) {

    /** The placeholder for the position in a value. */
    static final Object HOLE = new Object();

    /** Keeps unpaired surrogates, which UTF-8 cannot encode. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** The way in which a value is passed to an operation. */
    enum Form {
        VARIABLE,
        VARIABLE_IN_LITERAL,
        LITERAL
    }

    /** A body with a value at the position. */
    String body(Form form, String value) {
        boolean isVariable = form == Form.VARIABLE || (form == Form.VARIABLE_IN_LITERAL && isNamed());
        Type<?> type = form == Form.VARIABLE ? argument.getType() : this.type;
        String own = form == Form.VARIABLE ? "$v" : literal(frame, isVariable ? "$v" : literal(value, ""));
        String arguments = others.entrySet().stream()
                .map(other -> ", " + other.getKey() + ": " + literal(other.getValue(), ""))
                .collect(Collectors.joining("", argument.getName() + ": " + own, ""));
        String document =
                document(isVariable ? "($v: " + describe(type) + ")" : "", field.getName() + "(" + arguments + ")");
        return JSON.writeValueAsString(Map.of(
                "query",
                document,
                "variables",
                isVariable ? Map.of("v", form == Form.VARIABLE ? filled(frame, value) : value) : Map.of()));
    }

    /** Whether the schema declares the type of the position, so that a variable can be used for it. */
    private boolean isNamed() {
        return !path.contains("_Any");
    }

    private String document(String definition, String selection) {
        String inner = selection + " { __typename }";
        return switch (parent) {
            case "Query" -> "query" + definition + " { " + inner + " }";
            case "Mutation" -> "mutation" + definition + " { " + mutation(selection) + " }";
            case "Subscription" -> "subscription" + definition + " { " + inner + " }";
            case "Contact" ->
                "query" + definition + " { contact(id: \"" + InputSample.CONTACT + "\") { " + inner + " } }";
            case "Tag" -> "query" + definition + " { tag(id: \"" + InputSample.TAG + "\") { " + inner + " } }";
            case "TagGroup" -> "query" + definition + " { tagGroup(slug: \"vip\") { " + inner + " } }";
            default -> throw new AssertionError("No operation of this test has a field of " + parent);
        };
    }

    private static String mutation(String selection) {
        return selection + " { __typename userErrors { code message field } }";
    }

    private static Object filled(Object frame, String value) {
        return switch (frame) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> filled(entry.getValue(), value)));
            case List<?> list -> list.stream().map(item -> filled(item, value)).toList();
            case InputSample.EnumName name -> name.text();
            default -> frame == HOLE ? value : frame;
        };
    }

    private static String literal(Object value, String hole) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + literal(entry.getValue(), hole))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list ->
                list.stream().map(item -> literal(item, hole)).collect(Collectors.joining(", ", "[", "]"));
            case String text -> JSON.writeValueAsString(text);
            case InputSample.EnumName name -> name.text();
            default -> value == HOLE ? hole : value.toString();
        };
    }

    private static String describe(Type<?> type) {
        return switch (type) {
            case NonNullType required -> describe(required.getType()) + "!";
            case ListType list -> "[" + describe(list.getType()) + "]";
            case TypeName name -> name.getName();
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    @Override
    public String toString() {
        return parent + "." + field.getName() + "(" + path + ")";
    }
}
