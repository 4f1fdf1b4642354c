package io.taggateway.api.schema;

import graphql.language.AstPrinter;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The elements of a schema, one for each line, such as {@code Query.tag(id: ID!): Tag}, for comparison. */
final class SchemaElementList {

    private static final Set<String> COMPARED_DIRECTIVES =
            Set.of("oneOf", "specifiedBy", "deprecated", "link", "key", "shareable");

    private SchemaElementList() {}

    /** The elements of a schema in SDL, without some types. */
    static Set<String> elements(String sdl, Set<String> exceptTypes) {
        TypeDefinitionRegistry registry = new SchemaParser().parse(sdl);
        Set<String> elements = new TreeSet<>();
        registry.getSchemaExtensionDefinitions().forEach(extension -> elements.add("schema" + directives(extension)));
        registry.types().values().stream()
                .filter(type -> !exceptTypes.contains(type.getName()))
                .forEach(type -> elements.addAll(elements(type)));
        registry.scalars().values().stream()
                .filter(scalar -> !exceptTypes.contains(scalar.getName()))
                .forEach(scalar -> elements.addAll(elements(scalar)));
        return elements;
    }

    private static List<String> elements(TypeDefinition<?> type) {
        List<String> elements = new ArrayList<>();
        String name = type.getName();
        elements.add(type.getClass().getSimpleName().replace("TypeDefinition", "") + " " + name + directives(type));
        switch (type) {
            case ObjectTypeDefinition object -> {
                object.getImplements()
                        .forEach(parent -> elements.add(name + " implements " + AstPrinter.printAst(parent)));
                object.getFieldDefinitions().forEach(field -> elements.addAll(elements(name, field)));
            }
            case InterfaceTypeDefinition parent -> {
                parent.getImplements()
                        .forEach(other -> elements.add(name + " implements " + AstPrinter.printAst(other)));
                parent.getFieldDefinitions().forEach(field -> elements.addAll(elements(name, field)));
            }
            case InputObjectTypeDefinition input ->
                input.getInputValueDefinitions().forEach(member -> elements.add(name + "." + value(member)));
            case EnumTypeDefinition words ->
                words.getEnumValueDefinitions().forEach(word -> elements.add(name + "." + word.getName()));
            case ScalarTypeDefinition scalar -> {}
            default -> throw new IllegalArgumentException(name + " is of a kind that the schema does not use");
        }
        return elements;
    }

    private static List<String> elements(String type, FieldDefinition field) {
        List<String> elements = new ArrayList<>();
        String place = type + "." + field.getName();
        elements.add(place + ": " + AstPrinter.printAst(field.getType()) + directives(field));
        field.getInputValueDefinitions().forEach(argument -> elements.add(place + "(" + value(argument) + ")"));
        return elements;
    }

    private static String value(InputValueDefinition value) {
        String otherwise = value.getDefaultValue() == null ? "" : " = " + AstPrinter.printAst(value.getDefaultValue());
        return value.getName() + ": " + AstPrinter.printAst(value.getType()) + otherwise + directives(value);
    }

    private static String directives(DirectivesContainer<?> container) {
        return String.join(
                "",
                container.getDirectives().stream()
                        .filter(directive -> COMPARED_DIRECTIVES.contains(directive.getName()))
                        .map(SchemaElementList::print)
                        .sorted()
                        .toList());
    }

    private static String print(Directive directive) {
        return " " + AstPrinter.printAst(directive);
    }

    /** The places of a schema in SDL that have no description. */
    static List<String> undescribed(String sdl) {
        List<String> places = new ArrayList<>();
        TypeDefinitionRegistry registry = new SchemaParser().parse(sdl);
        registry.types().values().forEach(type -> check(places, "", type));
        registry.scalars().values().stream()
                .filter(scalar -> !ScalarInfo.isGraphqlSpecifiedScalar(scalar.getName()))
                .forEach(scalar -> check(places, "", scalar));
        return places;
    }

    private static void check(List<String> places, String parent, Node<?> node) {
        if (node instanceof graphql.language.AbstractDescribedNode<?> described && node instanceof NamedNode<?> named) {
            String place = parent + "/" + named.getName();
            if (described.getDescription() == null
                    || described.getDescription().getContent().isBlank()) {
                places.add(place);
            }
            node.getChildren().forEach(child -> check(places, place, child));
        }
    }
}
