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

/** A schema as a list of promises, one a line, such as {@code Query.tag(id: ID!): Tag}, so that two can be compared. */
final class SchemaElements {

    private static final Set<String> COMPARED_DIRECTIVES =
            Set.of("oneOf", "specifiedBy", "deprecated", "link", "key", "shareable");

    private SchemaElements() {}

    /** Everything that a schema in SDL promises, but for some types. */
    static Set<String> promises(String sdl, Set<String> exceptTypes) {
        TypeDefinitionRegistry registry = new SchemaParser().parse(sdl);
        Set<String> promises = new TreeSet<>();
        registry.getSchemaExtensionDefinitions().forEach(extension -> promises.add("schema" + directives(extension)));
        registry.types().values().stream()
                .filter(type -> !exceptTypes.contains(type.getName()))
                .forEach(type -> promises.addAll(promises(type)));
        registry.scalars().values().stream()
                .filter(scalar -> !exceptTypes.contains(scalar.getName()))
                .forEach(scalar -> promises.addAll(promises(scalar)));
        return promises;
    }

    private static List<String> promises(TypeDefinition<?> type) {
        List<String> promises = new ArrayList<>();
        String name = type.getName();
        promises.add(type.getClass().getSimpleName().replace("TypeDefinition", "") + " " + name + directives(type));
        switch (type) {
            case ObjectTypeDefinition object -> {
                object.getImplements()
                        .forEach(parent -> promises.add(name + " implements " + AstPrinter.printAst(parent)));
                object.getFieldDefinitions().forEach(field -> promises.addAll(promises(name, field)));
            }
            case InterfaceTypeDefinition parent -> {
                parent.getImplements()
                        .forEach(other -> promises.add(name + " implements " + AstPrinter.printAst(other)));
                parent.getFieldDefinitions().forEach(field -> promises.addAll(promises(name, field)));
            }
            case InputObjectTypeDefinition input ->
                input.getInputValueDefinitions().forEach(member -> promises.add(name + "." + value(member)));
            case EnumTypeDefinition words ->
                words.getEnumValueDefinitions().forEach(word -> promises.add(name + "." + word.getName()));
            case ScalarTypeDefinition scalar -> {}
            default -> throw new IllegalArgumentException(name + " is of a kind that the contract has none of");
        }
        return promises;
    }

    private static List<String> promises(String type, FieldDefinition field) {
        List<String> promises = new ArrayList<>();
        String place = type + "." + field.getName();
        promises.add(place + ": " + AstPrinter.printAst(field.getType()) + directives(field));
        field.getInputValueDefinitions().forEach(argument -> promises.add(place + "(" + value(argument) + ")"));
        return promises;
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
                        .map(SchemaElements::print)
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
