package io.taggateway.attack;

import graphql.language.EnumTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Valid values of input types, with the required fields only. */
record InputSample(TypeDefinitionRegistry schema) {

    static final String CALL = "sipsim:call:100399";
    static final String CONTACT = "swipeone:contact:6682840d9286aa59ee001001";
    static final String TAG = "sipsim:tag:6";

    /** A value of an enum, which has no quotes in a document. */
    record EnumName(String text) {}

    /** A value of an argument or input field. */
    Object of(InputValueDefinition input) {
        return of(input.getName(), input.getType());
    }

    private Object of(String name, Type<?> type) {
        return switch (type) {
            case NonNullType required -> of(name, required.getType());
            case ListType list -> List.of(of(name, list.getType()));
            case TypeName named -> ofType(name, named.getName());
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private Object ofType(String name, String type) {
        return switch (schema.getTypeOrNull(type)) {
            case InputObjectTypeDefinition input -> input(input, "");
            case EnumTypeDefinition enumeration ->
                new EnumName(enumeration
                        .getEnumValueDefinitions()
                        .get(name.equals("to") ? 1 : 0)
                        .getName());
            case null, default -> ofScalar(name, type);
        };
    }

    private static Object ofScalar(String name, String type) {
        return switch (type) {
            case "ID" -> name.startsWith("subjectId") ? CALL : TAG;
            case "Int" -> 3;
            case "Boolean" -> true;
            case "DateTime" -> "2026-01-02T03:04:05Z";
            case "_Any" -> Map.of("__typename", "Tag", "id", TAG);
            default -> name.equals("slug") ? "vip" : "Sample";
        };
    }

    /** An input object with the required fields except one, and without fields of which only one is allowed. */
    Map<String, Object> input(InputObjectTypeDefinition type, String without) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean isAlternative = type.hasDirective("oneOf");
        for (InputValueDefinition field : type.getInputValueDefinitions()) {
            boolean isNeeded = field.getType() instanceof NonNullType && field.getDefaultValue() == null;
            if (!field.getName().equals(without) && (isNeeded || (isAlternative && without.isEmpty()))) {
                fields.put(field.getName(), of(field));
                if (isAlternative) {
                    break;
                }
            }
        }
        return fields;
    }

    /** The fields of an input object; null if the type is no input object. */
    List<InputValueDefinition> fields(String type) {
        return schema.getTypeOrNull(type) instanceof InputObjectTypeDefinition input
                ? input.getInputValueDefinitions()
                : List.of();
    }

    InputObjectTypeDefinition object(String type) {
        return Objects.requireNonNull(schema.getTypeOrNull(type, InputObjectTypeDefinition.class));
    }
}
