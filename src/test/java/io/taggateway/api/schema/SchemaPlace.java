package io.taggateway.api.schema;

import graphql.language.AbstractDescribedNode;
import graphql.language.AstPrinter;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element of a schema: a type, a member of one, or an argument.
 *
 * @param name the path, such as {@code Query.tag(id)}
 * @param kind the kind of element
 * @param owner the path of the enclosing element; empty for a type
 * @param type a member's or argument's type; a type's kind in words
 * @param otherwise the default of an argument or input field
 * @param directives the applied directives, printed
 * @param description the description in the schema
 */
record SchemaPlace(
        String name,
        Kind kind,
        String owner,
        String type,
        @Nullable String otherwise,
        List<String> directives,
        @Nullable String description) {

    /** The kind of an element. */
    enum Kind {
        TYPE,
        INTERFACE,
        MEMBER,
        ENUM_VALUE,
        FIELD,
        ARGUMENT,
        INPUT_FIELD
    }

    /** All elements of a schema in SDL, without those of the language itself. */
    static List<SchemaPlace> all(String sdl) {
        TypeDefinitionRegistry registry = new SchemaParser().parse(sdl);
        List<SchemaPlace> places = new ArrayList<>();
        Stream<TypeDefinition<?>> types = Stream.concat(
                registry.types().values().stream().map(type -> (TypeDefinition<?>) type),
                registry.scalars().values().stream()
                        .filter(scalar -> !ScalarInfo.isGraphqlSpecifiedScalar(scalar.getName())));
        types.sorted(Comparator.comparing(TypeDefinition::getName)).forEach(type -> addType(places, type));
        return places;
    }

    private static void addType(List<SchemaPlace> places, TypeDefinition<?> type) {
        String name = type.getName();
        String word = type.getClass().getSimpleName().replace("TypeDefinition", "");
        places.add(new SchemaPlace(name, Kind.TYPE, "", word, null, directives(type), description(type)));
        switch (type) {
            case ImplementingTypeDefinition<?> object -> {
                object.getImplements()
                        .forEach(parent -> places.add(mention(Kind.INTERFACE, name, " implements ", parent)));
                object.getFieldDefinitions().forEach(field -> addField(places, name, field));
            }
            case InputObjectTypeDefinition input ->
                input.getInputValueDefinitions()
                        .forEach(field ->
                                places.add(value(Kind.INPUT_FIELD, name, name + "." + field.getName(), field)));
            case EnumTypeDefinition words ->
                words.getEnumValueDefinitions().forEach(value -> places.add(word(name, value)));
            case UnionTypeDefinition union ->
                union.getMemberTypes().forEach(member -> places.add(mention(Kind.MEMBER, name, " | ", member)));
            case ScalarTypeDefinition scalar -> {}
            default -> throw new IllegalArgumentException(name + " is of an unknown kind");
        }
    }

    private static void addField(List<SchemaPlace> places, String type, FieldDefinition field) {
        String name = type + "." + field.getName();
        places.add(new SchemaPlace(
                name,
                Kind.FIELD,
                type,
                AstPrinter.printAst(field.getType()),
                null,
                directives(field),
                description(field)));
        field.getInputValueDefinitions()
                .forEach(argument ->
                        places.add(value(Kind.ARGUMENT, name, name + "(" + argument.getName() + ")", argument)));
    }

    private static SchemaPlace value(Kind kind, String owner, String name, InputValueDefinition value) {
        return new SchemaPlace(
                name,
                kind,
                owner,
                AstPrinter.printAst(value.getType()),
                value.getDefaultValue() == null ? null : AstPrinter.printAst(value.getDefaultValue()),
                directives(value),
                description(value));
    }

    private static SchemaPlace word(String type, EnumValueDefinition word) {
        return new SchemaPlace(
                type + "." + word.getName(), Kind.ENUM_VALUE, type, "", null, directives(word), description(word));
    }

    private static SchemaPlace mention(Kind kind, String type, String how, Type<?> mentioned) {
        return new SchemaPlace(type + how + AstPrinter.printAst(mentioned), kind, type, "", null, List.of(), null);
    }

    private static List<String> directives(DirectivesContainer<?> container) {
        return container.getDirectives().stream()
                .map(SchemaPlace::printed)
                .sorted()
                .toList();
    }

    private static String printed(Directive directive) {
        TreeSet<String> arguments = new TreeSet<>();
        directive.getArguments().forEach(argument -> arguments.add(AstPrinter.printAst(argument)));
        return "@" + directive.getName() + (arguments.isEmpty() ? "" : arguments);
    }

    private static @Nullable String description(AbstractDescribedNode<?> node) {
        Description description = node.getDescription();
        return description == null ? null : description.getContent().strip();
    }

    private static @Nullable String description(TypeDefinition<?> type) {
        return description((AbstractDescribedNode<?>) type);
    }

    /** The last word of its path. */
    String lastName() {
        String path = name.endsWith(")") ? name.substring(name.indexOf('(') + 1, name.length() - 1) : name;
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The type without lists and exclamation marks. */
    String bareType() {
        return type.replaceAll("[\\[\\]!]", "");
    }
}
