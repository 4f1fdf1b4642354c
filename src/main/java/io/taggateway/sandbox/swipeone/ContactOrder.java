package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The orders in which contacts can be listed; contacts of equal rank, and all by default, by age. */
final class ContactOrder {

    private static final Set<String> PROPERTIES =
            Set.of("createdAt", "updatedAt", "email", "fullName", "firstName", "lastName");
    private static final Comparator<SwipeOneContactRow> BY_ID = Comparator.comparing(SwipeOneContactRow::id);

    private ContactOrder() {}

    /** Reads the query parameters {@code sort} and {@code order}, the latter 1 or -1. */
    static Comparator<SwipeOneContactRow> ofQuery(@Nullable String sort, @Nullable String order) {
        boolean falling = "-1".equals(order);
        if (order != null && !falling && !order.equals("1")) {
            throw new RejectedException(400, "Invalid input");
        }
        return by(sort == null ? "createdAt" : sort, falling);
    }

    /** Reads the body's {@code sort}: properties in order, each {@code asc} or, as Swipe One spells it, {@code dsc}. */
    static Comparator<SwipeOneContactRow> ofBody(JsonNode sort) {
        Comparator<SwipeOneContactRow> order = null;
        for (JsonNode item : sort) {
            String property = JsonTrees.text(item, "property");
            String direction = item.path("order").asString("asc");
            if (property == null || !Set.of("asc", "dsc").contains(direction)) {
                throw new RejectedException(400, "Invalid input");
            }
            Comparator<SwipeOneContactRow> next = by(property, direction.equals("dsc"));
            order = order == null ? next : order.thenComparing(next);
        }
        return order == null ? BY_ID : order;
    }

    private static Comparator<SwipeOneContactRow> by(String property, boolean falling) {
        if (!PROPERTIES.contains(property)) {
            throw new RejectedException(400, "Invalid input");
        }
        Comparator<SwipeOneContactRow> rising = Comparator.comparing(contact -> sortable(contact.text(property)));
        Comparator<SwipeOneContactRow> order = rising.thenComparing(BY_ID);
        return falling ? order.reversed() : order;
    }

    private static String sortable(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
