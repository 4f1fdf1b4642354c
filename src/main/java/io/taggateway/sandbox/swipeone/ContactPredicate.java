package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One condition of a contact search.
 *
 * @param values what to compare with, in lower case; one that fits is enough
 */
record ContactPredicate(String property, String operator, List<String> values)
        implements Predicate<SwipeOneContactRow> {

    private static final Set<String> PROPERTIES = Set.of("email", "phone", "fullName", "firstName", "lastName", "tags");
    private static final Set<String> OPERATORS = Set.of(
            "is",
            "is_not",
            "contains",
            "does_not_contain",
            "starts_with",
            "includes",
            "excludes",
            "is_known",
            "is_unknown");

    /** Reads the body's {@code filter}; without one, every contact is found. */
    static Predicate<SwipeOneContactRow> ofFilter(JsonNode filter) {
        List<Predicate<SwipeOneContactRow>> predicates = new ArrayList<>();
        filter.path("predicates").forEach(item -> predicates.add(of(item)));
        String type = filter.path("type").asString("and");
        return switch (type) {
            case "and" -> contact -> predicates.stream().allMatch(predicate -> predicate.test(contact));
            case "or" ->
                contact -> predicates.isEmpty() || predicates.stream().anyMatch(predicate -> predicate.test(contact));
            default -> throw new RejectedException(400, "Invalid input");
        };
    }

    @Override
    public boolean test(SwipeOneContactRow contact) {
        List<String> found = found(contact);
        return switch (operator) {
            case "is", "includes" -> values.stream().anyMatch(found::contains);
            case "is_not", "excludes" -> values.stream().noneMatch(found::contains);
            case "contains" -> found.stream().anyMatch(this::containsValue);
            case "does_not_contain" -> found.stream().noneMatch(this::containsValue);
            case "starts_with" ->
                found.stream().anyMatch(text -> values.stream().anyMatch(text::startsWith));
            case "is_known" -> !found.isEmpty();
            default -> found.isEmpty();
        };
    }

    private static ContactPredicate of(JsonNode item) {
        String property = JsonTrees.text(item, "property");
        String operator = JsonTrees.text(item, "operator");
        if (property == null || operator == null || !isKnown(property) || !OPERATORS.contains(operator)) {
            throw new RejectedException(400, "Invalid input");
        }
        List<String> values = values(item.path("value"));
        if (values.isEmpty() && !operator.startsWith("is_known") && !operator.startsWith("is_unknown")) {
            throw new RejectedException(400, "Invalid input");
        }
        return new ContactPredicate(property, operator, values);
    }

    private static boolean isKnown(String property) {
        return PROPERTIES.contains(property) || property.startsWith("customProperties.");
    }

    /** The documentation types a value as text, and stored segments have lists of texts: both are read. */
    private static List<String> values(JsonNode value) {
        List<String> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> values.add(lower(item.asString(""))));
        } else if (value.isValueNode() && !value.isNull()) {
            values.add(lower(value.asString()));
        }
        return values;
    }

    private List<String> found(SwipeOneContactRow contact) {
        if (property.equals("tags")) {
            return contact.tags();
        }
        String name = property.startsWith("customProperties.") ? property.substring(17) : property;
        @Nullable String text = contact.text(name);
        return text == null ? List.of() : List.of(lower(text));
    }

    private boolean containsValue(String text) {
        return values.stream().anyMatch(text::contains);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
