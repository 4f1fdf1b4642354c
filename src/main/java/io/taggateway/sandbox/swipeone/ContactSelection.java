package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Selects and orders the contacts of a list. Contacts of equal rank, and all by default, are in the order of ids. */
record ContactSelection(Predicate<ContactDocument> filter, Comparator<ContactDocument> order) {

    private static final Comparator<ContactDocument> BY_ID = Comparator.comparing(ContactDocument::id);
    private static final Set<String> SORTABLE =
            Set.of("createdAt", "updatedAt", "email", "fullName", "firstName", "lastName");
    private static final Set<String> SEARCHABLE = Set.of("email", "phone", "fullName", "firstName", "lastName", "tags");

    static ContactSelection taggedWith(String tagName) {
        return new ContactSelection(contact -> contact.tags().contains(tagName), BY_ID);
    }

    /** Reads the query parameters {@code searchText}, {@code sort} and {@code order}, the latter 1 or -1. */
    static ContactSelection of(SandboxRequest request) {
        String order = Objects.requireNonNullElse(request.parameter("order"), "1");
        if (!Set.of("1", "-1").contains(order)) {
            throw new RejectedException(400, "Invalid input");
        }
        String text = lower(request.parameter("searchText")).strip();
        return new ContactSelection(
                contact -> lower(contact.displayName()).contains(text)
                        || String.valueOf(contact.text("email")).contains(text),
                by(Objects.requireNonNullElse(request.parameter("sort"), "createdAt"), order.equals("-1")));
    }

    /** Reads the members {@code filter} and {@code sort} of a search. */
    static ContactSelection of(JsonNode search) {
        return new ContactSelection(filter(search.path("filter")), order(search.path("sort")));
    }

    /** Properties in order, each {@code asc} or, as Swipe One spells it, {@code dsc}. */
    private static Comparator<ContactDocument> order(JsonNode sort) {
        Comparator<ContactDocument> order = null;
        for (JsonNode item : sort) {
            String direction = item.path("order").asString("asc");
            if (!Set.of("asc", "dsc").contains(direction)) {
                throw new RejectedException(400, "Invalid input");
            }
            Comparator<ContactDocument> next = by(SandboxJson.text(item, "property"), direction.equals("dsc"));
            order = order == null ? next : order.thenComparing(next);
        }
        return order == null ? BY_ID : order;
    }

    private static Comparator<ContactDocument> by(@Nullable String property, boolean falling) {
        if (property == null || !SORTABLE.contains(property)) {
            throw new RejectedException(400, "Invalid input");
        }
        Comparator<ContactDocument> rising = Comparator.comparing(contact -> lower(contact.text(property)));
        Comparator<ContactDocument> order = rising.thenComparing(BY_ID);
        return falling ? order.reversed() : order;
    }

    private static Predicate<ContactDocument> filter(JsonNode filter) {
        List<Predicate<ContactDocument>> predicates = filter.path("predicates")
                .valueStream()
                .map(ContactSelection::predicate)
                .toList();
        return switch (filter.path("type").asString("and")) {
            case "and" -> predicates.stream().reduce(contact -> true, Predicate::and);
            case "or" -> predicates.stream().reduce(Predicate::or).orElse(contact -> true);
            default -> throw new RejectedException(400, "Invalid input");
        };
    }

    private static Predicate<ContactDocument> predicate(JsonNode item) {
        String property = SandboxJson.text(item, "property");
        if (property == null || !SEARCHABLE.contains(property)) {
            throw new RejectedException(400, "Invalid input");
        }
        Predicate<List<String>> test =
                test(String.valueOf(SandboxJson.text(item, "operator")), values(item.path("value")));
        return contact -> test.test(texts(contact, property));
    }

    /** A predicate on a contact: one of its own values must match one of the given values. */
    private static Predicate<List<String>> test(String operator, List<String> values) {
        if (values.isEmpty() && !Set.of("is_known", "is_unknown").contains(operator)) {
            throw new RejectedException(400, "Invalid input");
        }
        return switch (operator) {
            case "is", "includes" -> own -> own.stream().anyMatch(values::contains);
            case "is_not", "excludes" -> own -> own.stream().noneMatch(values::contains);
            case "contains" ->
                own -> own.stream().anyMatch(text -> values.stream().anyMatch(text::contains));
            case "does_not_contain" ->
                own -> own.stream().noneMatch(text -> values.stream().anyMatch(text::contains));
            case "starts_with" ->
                own -> own.stream().anyMatch(text -> values.stream().anyMatch(text::startsWith));
            case "is_known" -> own -> !own.isEmpty();
            case "is_unknown" -> List::isEmpty;
            default -> throw new RejectedException(400, "Invalid input");
        };
    }

    /** A value is a text in the documentation, and a list of texts in stored segments. Both are read. */
    private static List<String> values(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(item -> lower(item.asString(""))).toList();
        }
        return value.isValueNode() && !value.isNull() ? List.of(lower(value.asString())) : List.of();
    }

    private static List<String> texts(ContactDocument contact, String property) {
        if (property.equals("tags")) {
            return contact.tags();
        }
        String text = contact.text(property);
        return text == null ? List.of() : List.of(lower(text));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
