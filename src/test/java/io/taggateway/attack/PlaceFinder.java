package io.taggateway.attack;

import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds each position in the arguments of each field of the schema. */
final class PlaceFinder {

    private final TypeDefinitionRegistry schema;
    private final InputSample samples;

    PlaceFinder() {
        try (Stream<Path> files = Files.list(Path.of("schema"))) {
            schema = new SchemaParser()
                    .parse(files.filter(Files::isRegularFile)
                                    .map(PlaceFinder::read)
                                    .collect(Collectors.joining("\n"))
                            + "scalar _Any union _Entity = Tag"
                            + " extend type Query { _entities(representations: [_Any!]!): [_Entity]! }");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        samples = new InputSample(schema);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The positions by the coordinates of their fields. */
    Map<String, List<ArgumentPlace>> find() {
        Map<String, List<ArgumentPlace>> places = new LinkedHashMap<>();
        for (ObjectTypeDefinition type : schema.getTypes(ObjectTypeDefinition.class)) {
            for (FieldDefinition field : fields(type)) {
                for (InputValueDefinition argument : field.getInputValueDefinitions()) {
                    places.computeIfAbsent(type.getName() + "." + field.getName(), first -> new ArrayList<>())
                            .addAll(of(type.getName(), field, argument));
                }
            }
        }
        return places;
    }

    private List<FieldDefinition> fields(ObjectTypeDefinition type) {
        return Stream.concat(
                        Stream.of(type), schema.objectTypeExtensions().getOrDefault(type.getName(), List.of()).stream())
                .map(ImplementingTypeDefinition.class::cast)
                .<FieldDefinition>flatMap(each -> ((ImplementingTypeDefinition<?>) each).getFieldDefinitions().stream())
                .toList();
    }

    private List<ArgumentPlace> of(String parent, FieldDefinition field, InputValueDefinition argument) {
        Map<String, Object> others = new LinkedHashMap<>();
        field.getInputValueDefinitions().stream()
                .filter(other -> !other.getName().equals(argument.getName()) && other.getType() instanceof NonNullType)
                .forEach(other -> others.put(other.getName(), samples.of(other)));
        List<ArgumentPlace> places = new ArrayList<>();
        walk(
                argument.getType(),
                argument.getName(),
                UnaryOperator.identity(),
                (path, type, frame) ->
                        places.add(new ArgumentPlace(parent, field, argument, path, type, others, frame)));
        return places;
    }

    private interface Visitor {

        void visit(String path, Type<?> type, Object frame);
    }

    private void walk(Type<?> type, String path, UnaryOperator<Object> frame, Visitor visitor) {
        visitor.visit(path, type, frame.apply(ArgumentPlace.HOLE));
        switch (type instanceof NonNullType required ? required.getType() : type) {
            case ListType list -> walk(list.getType(), path + "[]", item -> frame.apply(List.of(item)), visitor);
            case TypeName name when name.getName().equals("_Any") -> representations(path, frame, visitor);
            case TypeName name ->
                samples.fields(name.getName())
                        .forEach(field -> walk(
                                field.getType(),
                                path + "." + field.getName(),
                                value -> {
                                    Map<String, Object> fields =
                                            samples.input(samples.object(name.getName()), field.getName());
                                    fields.put(field.getName(), value);
                                    return frame.apply(fields);
                                },
                                visitor));
            case Type<?> other -> throw new IllegalArgumentException(other.toString());
        }
    }

    /** Each field of each key of each entity, and the name of its type. */
    private void representations(String path, UnaryOperator<Object> frame, Visitor visitor) {
        for (ObjectTypeDefinition entity : schema.getTypes(ObjectTypeDefinition.class)) {
            for (Directive key : entity.getDirectives("key")) {
                String names = Objects.requireNonNull(
                        ((StringValue) key.getArgument("fields").getValue()).getValue());
                List<String> all = new ArrayList<>(List.of(names.split(" ")));
                all.add("__typename");
                for (String name : all) {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    all.forEach(each -> fields.put(each, key(each, entity.getName())));
                    fields.put(name, ArgumentPlace.HOLE);
                    visitor.visit(
                            path + "._Any." + entity.getName() + "." + name,
                            TypeName.newTypeName("String").build(),
                            frame.apply(fields));
                }
            }
        }
    }

    private static String key(String name, String entity) {
        return switch (name) {
            case "__typename" -> entity;
            case "vendor" -> "SIPSIM";
            case "id" -> entity.equals("Call") ? InputSample.CALL : InputSample.TAG;
            case "remoteId" -> "6";
            default -> "vip";
        };
    }
}
