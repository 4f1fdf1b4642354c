package io.taggateway.api.schema;

import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.parser.Parser;
import io.taggateway.api.schema.SchemaPlace.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds differences between two schemas that can break a client: output that is missing or may become null, and input
 * that is newly required.
 *
 * <p>The engine's own comparison ignores directives and defaults of inputs, and repeated directives.
 */
final class SchemaComparison {

    private SchemaComparison() {}

    /** The breaking changes from one schema in SDL to another. */
    static List<String> breaking(String before, String after) {
        Map<String, SchemaPlace> old = byName(before);
        Map<String, SchemaPlace> now = byName(after);
        List<String> changes = new ArrayList<>();
        old.forEach((name, place) -> {
            SchemaPlace successor = now.get(name);
            if (successor == null) {
                changes.add(name + " is gone");
            } else {
                changesOf(place, successor).forEach(changes::add);
            }
        });
        now.values().stream()
                .filter(place -> !old.containsKey(place.name()) && old.containsKey(place.owner()))
                .filter(place -> place.type().endsWith("!") && isInput(place) && place.otherwise() == null)
                .forEach(place -> changes.add(place.name() + " is new and required"));
        return changes;
    }

    private static Stream<String> changesOf(SchemaPlace before, SchemaPlace after) {
        String name = before.name();
        Stream<String> type = typeFits(before, after)
                ? Stream.empty()
                : Stream.of("%s was %s and is %s".formatted(name, before.type(), after.type()));
        Stream<String> otherwise = Objects.equals(before.otherwise(), after.otherwise())
                ? Stream.empty()
                : Stream.of("%s had the default %s and has %s".formatted(name, before.otherwise(), after.otherwise()));
        Stream<String> directives = before.directives().stream()
                .filter(directive -> !directive.startsWith("@deprecated"))
                .filter(directive -> !after.directives().contains(directive))
                .map(directive -> name + " has lost " + directive);
        return Stream.of(type, otherwise, directives).flatMap(changes -> changes);
    }

    private static boolean typeFits(SchemaPlace before, SchemaPlace after) {
        if (before.type().equals(after.type())) {
            return true;
        }
        return switch (before.kind()) {
            case FIELD -> isOf(type(after), type(before));
            case ARGUMENT, INPUT_FIELD -> isOf(type(before), type(after));
            case TYPE, INTERFACE, MEMBER, ENUM_VALUE -> false;
        };
    }

    private static boolean isInput(SchemaPlace place) {
        return place.kind() == Kind.ARGUMENT || place.kind() == Kind.INPUT_FIELD;
    }

    /** Whether every value of one type is a value of the other, too. */
    private static boolean isOf(Type<?> narrow, Type<?> wide) {
        if (narrow instanceof NonNullType some) {
            return isOf(some.getType(), wide instanceof NonNullType other ? other.getType() : wide);
        }
        return switch (wide) {
            case ListType other -> narrow instanceof ListType some && isOf(some.getType(), other.getType());
            case TypeName other ->
                narrow instanceof TypeName some && some.getName().equals(other.getName());
            default -> false;
        };
    }

    private static Type<?> type(SchemaPlace place) {
        return Parser.parseType(place.type());
    }

    private static Map<String, SchemaPlace> byName(String sdl) {
        Map<String, SchemaPlace> places = new LinkedHashMap<>();
        SchemaPlace.all(sdl).forEach(place -> places.put(place.name(), place));
        return places;
    }
}
