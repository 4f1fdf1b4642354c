package io.taggateway.access.scope;

import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.TypeDefinition;
import graphql.language.Value;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scopes in the files of the schema, read without the gateway's code. */
final class DeclaredScopeReader {

    private final TypeDefinitionRegistry registry;
    private final List<String> objects;

    private DeclaredScopeReader(String sdl) {
        registry = new SchemaParser().parse(sdl);
        objects = registry.getTypes(ObjectTypeDefinition.class).stream()
                .map(ObjectTypeDefinition::getName)
                .toList();
    }

    /** The scopes in the files of the schema and in an additional part. */
    static DeclaredScopeReader with(String more) {
        try (Stream<Path> files = Files.list(Path.of("schema"))) {
            return new DeclaredScopeReader(files.filter(Files::isRegularFile)
                            .map(DeclaredScopeReader::read)
                            .collect(Collectors.joining("\n"))
                    + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all object types. */
    List<String> objects() {
        return objects;
    }

    /** The object types of an object type, interface or union. */
    List<String> objectsOf(String type) {
        return registry.getTypeOrNull(type) instanceof InterfaceTypeDefinition parent
                ? registry.getAllImplementationsOf(parent).stream()
                        .filter(ObjectTypeDefinition.class::isInstance)
                        .map(each -> ((ObjectTypeDefinition) each).getName())
                        .toList()
                : objects.contains(type) ? List.of(type) : List.of();
    }

    List<FieldDefinition> fields(String type) {
        List<FieldDefinition> fields = new ArrayList<>();
        if (registry.getTypeOrNull(type) instanceof ImplementingTypeDefinition<?> definition) {
            fields.addAll(definition.getFieldDefinitions());
        }
        registry.objectTypeExtensions()
                .getOrDefault(type, List.of())
                .forEach(extension -> fields.addAll(extension.getFieldDefinitions()));
        return fields;
    }

    static String typeOf(FieldDefinition field) {
        return TypeInfo.typeInfo(field.getType()).getName();
    }

    /** The root fields and object types that declare no scopes and return no types that do. */
    Set<String> undeclared() {
        Set<String> undeclared = new TreeSet<>();
        for (String type : objects) {
            if (List.of("Query", "Mutation", "Subscription").contains(type)) {
                fields(type).stream()
                        .filter(field ->
                                !declares(field) && requirements(typeOf(field)).isEmpty())
                        .forEach(field -> undeclared.add(type + "." + field.getName()));
            } else if (requirements(type).isEmpty()) {
                undeclared.add(type);
            }
        }
        return undeclared;
    }

    private static boolean declares(FieldDefinition field) {
        return field.hasDirective("requiresScopes") || field.hasDirective("authenticated");
    }

    /** The requirements of a type. */
    List<List<Set<String>>> requirements(String type) {
        TypeDefinition<?> definition = registry.getTypeOrNull(type);
        return definition == null ? List.of() : requirements(definition);
    }

    /** The requirements of a field, and of an object type of what it returns. */
    List<List<Set<String>>> requirements(FieldDefinition field, String object) {
        return Stream.concat(requirements(field).stream(), requirements(object).stream())
                .distinct()
                .toList();
    }

    private static List<List<Set<String>>> requirements(DirectivesContainer<?> container) {
        return container.getDirectives("requiresScopes").stream()
                .map(DeclaredScopeReader::alternatives)
                .toList();
    }

    private static List<Set<String>> alternatives(Directive directive) {
        return items(directive.getArgument("scopes").getValue()).stream()
                .map(all -> items(all).stream()
                        .map(scope -> ((StringValue) scope).getValue())
                        .collect(Collectors.toSet()))
                .toList();
    }

    @SuppressWarnings("rawtypes")
    private static List<Value> items(Value<?> list) {
        return ((ArrayValue) list).getValues();
    }

    /** Whether scopes satisfy a requirement. */
    static boolean meets(Set<String> scopes, List<Set<String>> alternatives) {
        return alternatives.stream().anyMatch(scopes::containsAll);
    }
}
