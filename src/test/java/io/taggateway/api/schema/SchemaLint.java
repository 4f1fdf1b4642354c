package io.taggateway.api.schema;

import io.taggateway.api.schema.SchemaPlace.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for a schema in addition to validity: names, descriptions, Relay connections, and the form of mutations. */
final class SchemaLint {

    /** What begins with an underscore, or has two, such as {@code Query._entities(representations)}. */
    private static final Pattern FEDERATION = Pattern.compile("^_|[.]_|__");

    private static final Pattern PASCAL = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern CAMEL = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Pattern UPPER = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern IS = Pattern.compile("is[A-Z].*");
    private static final Pattern REASONED = Pattern.compile("@deprecated\\[reason: (?!\"No longer supported\"|\"\").*");

    private static final Map<String, String> PAGE_INFO = Map.of(
            "hasNextPage", "Boolean!", "hasPreviousPage", "Boolean!", "startCursor", "String", "endCursor", "String");

    /** Locations at which lists may contain null, for objects that do not exist. */
    private static final Set<String> GAPS = Set.of("Query.nodes", "TagDrift.values");

    /** Mutations that share a payload, as they change a subject in the same way. */
    private static final Map<String, String> PAYLOADS = Map.of(
            "addTags", "TagSubjectPayload!",
            "removeTags", "TagSubjectPayload!",
            "setTags", "TagSubjectPayload!",
            "tagCalls", "TagSubjectsPayload!");

    private final List<SchemaPlace> places;
    private final Map<String, SchemaPlace> byName;
    private final List<String> complaints = new ArrayList<>();

    /** Checks a schema in SDL, without the additions of federation. */
    private SchemaLint(String sdl) {
        places = SchemaPlace.all(sdl).stream()
                .filter(place -> !FEDERATION.matcher(place.name()).find())
                .toList();
        byName = places.stream().collect(Collectors.toMap(SchemaPlace::name, place -> place, (one, other) -> one));
    }

    /** The violations in a schema in SDL. */
    static List<String> complaints(String sdl) {
        SchemaLint lint = new SchemaLint(sdl);
        lint.checkNames();
        lint.checkDescriptions();
        lint.checkLists();
        lint.checkConnections();
        lint.checkMutations();
        return lint.complaints;
    }

    private void checkNames() {
        named(EnumSet.of(Kind.TYPE), PASCAL, "is not PascalCase");
        named(EnumSet.of(Kind.FIELD, Kind.ARGUMENT, Kind.INPUT_FIELD), CAMEL, "is not camelCase");
        named(EnumSet.of(Kind.ENUM_VALUE), UPPER, "is not UPPER_CASE");
        complain(
                place -> place.bareType().equals("Boolean")
                        && IS.matcher(place.lastName()).matches(),
                "needs no `is`");
    }

    private void named(Set<Kind> kinds, Pattern form, String complaint) {
        complain(
                place -> kinds.contains(place.kind())
                        && !form.matcher(place.lastName()).matches(),
                complaint);
    }

    private void checkDescriptions() {
        complain(
                place -> place.kind() != Kind.INTERFACE
                        && place.kind() != Kind.MEMBER
                        && Objects.requireNonNullElse(place.description(), "").isEmpty(),
                "has no description");
        complain(
                place -> place.directives().stream()
                        .anyMatch(directive -> directive.startsWith("@deprecated")
                                && !REASONED.matcher(directive).matches()),
                "is deprecated without a reason");
    }

    private void checkLists() {
        complain(
                place -> place.type().contains("]") && !place.type().contains("!]") && !GAPS.contains(place.name()),
                "is a list with gaps");
    }

    private void checkConnections() {
        places.stream()
                .filter(place -> place.kind() == Kind.TYPE && place.name().endsWith("Connection"))
                .map(place -> place.name().substring(0, place.name().length() - "Connection".length()))
                .forEach(noun -> {
                    mustHave(noun + "Connection.edges", "[%sEdge!]!".formatted(noun));
                    mustHave(noun + "Connection.nodes", "[%s!]!".formatted(noun));
                    mustHave(noun + "Connection.pageInfo", "PageInfo!");
                    mustHave(noun + "Edge.cursor", "String!");
                    mustHave(noun + "Edge.node", noun + "!");
                    PAGE_INFO.forEach((field, type) -> mustHave("PageInfo." + field, type));
                });
        fields(place -> place.bareType().endsWith("Connection")).forEach(this::checkPaging);
        fields(place -> place.lastName().equals("id") && place.type().equals("ID!"))
                .filter(place -> !place.owner().equals("Node"))
                .forEach(place -> mustHave(place.owner() + " implements Node", ""));
    }

    private void checkPaging(SchemaPlace field) {
        mustHave(field.name() + "(first)", "Int");
        mustHave(field.name() + "(after)", "String");
        if (byName.containsKey(field.name() + "(last)") || byName.containsKey(field.name() + "(before)")) {
            mustHave(field.name() + "(last)", "Int");
            mustHave(field.name() + "(before)", "String");
        }
    }

    private void checkMutations() {
        fields(place -> place.owner().equals("Mutation")).forEach(mutation -> {
            String verb = mutation.lastName();
            String noun = verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
            mustHave(mutation.name() + "(input)", noun + "Input!");
            mustHave(mutation.name(), PAYLOADS.getOrDefault(verb, noun + "Payload!"));
            mustHave(mutation.bareType() + ".userErrors", "[UserError!]!");
            places.stream()
                    .filter(place -> place.owner().equals(mutation.name())
                            && !place.lastName().equals("input"))
                    .forEach(place -> complaints.add(place.name() + " belongs into the input"));
        });
    }

    private Stream<SchemaPlace> fields(Predicate<SchemaPlace> condition) {
        return places.stream().filter(place -> place.kind() == Kind.FIELD).filter(condition);
    }

    private void complain(Predicate<SchemaPlace> wrong, String complaint) {
        places.stream().filter(wrong).forEach(place -> complaints.add(place.name() + " " + complaint));
    }

    private void mustHave(String name, String type) {
        SchemaPlace place = byName.get(name);
        String complaint = place == null ? name + " is missing" : name + " is not " + type;
        if ((place == null || !place.type().equals(type)) && !complaints.contains(complaint)) {
            complaints.add(complaint);
        }
    }
}
