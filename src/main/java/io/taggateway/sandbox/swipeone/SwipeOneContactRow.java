package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A contact as played Swipe One keeps it: a JSON document that is copied to be changed. */
record SwipeOneContactRow(ObjectNode document) {

    private static final DateTimeFormatter DATES = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static String date(Instant instant) {
        return DATES.format(instant);
    }

    String id() {
        String id = JsonTrees.text(document, "_id");
        return id == null ? "" : id;
    }

    List<String> tags() {
        List<String> names = new ArrayList<>();
        document.path("tags").forEach(name -> names.add(name.asString()));
        return names;
    }

    /** Answers a property as text; a phone in two parts as one number; null if it is missing or empty. */
    @Nullable
    String text(String property) {
        JsonNode value = document;
        for (String name : property.split("\\.", -1)) {
            value = value.path(name);
        }
        if (value.isObject()) {
            return value.path("countryCode").asString("") + value.path("number").asString("");
        }
        boolean scalar = value.isValueNode() && !value.isNull();
        return scalar && !value.asString().isEmpty() ? value.asString() : null;
    }

    /** Answers what the contact is called, for the listings that have but a name. */
    String displayName() {
        String full = text("fullName");
        if (full != null) {
            return full;
        }
        String first = text("firstName");
        String last = text("lastName");
        return ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
    }

    SwipeOneContactRow withTags(List<String> names, Instant now) {
        ObjectNode changed = document.deepCopy();
        changed.set("tags", JsonTrees.texts(names));
        changed.put("updatedAt", date(now));
        return new SwipeOneContactRow(changed);
    }

    /** Takes over all given properties but those that only the vendor writes. */
    SwipeOneContactRow merge(ObjectNode properties, Instant now) {
        ObjectNode changed = document.deepCopy();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (!SwipeOneBodies.OWN_FIELDS.contains(property.getKey())) {
                changed.set(property.getKey(), property.getValue().deepCopy());
            }
        }
        changed.put("updatedAt", date(now));
        return new SwipeOneContactRow(changed);
    }
}
