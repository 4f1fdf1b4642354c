package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.SandboxJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stored contact: a JSON document, which is copied for changes. */
record ContactDocument(ObjectNode json) {

    private static final DateTimeFormatter DATES = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The properties that clients cannot write. */
    private static final Set<String> READ_ONLY =
            Set.of("_id", "tags", "createdAt", "updatedAt", "createdBy", "workspaceId", "__v");

    static String date(Instant instant) {
        return DATES.format(instant);
    }

    String id() {
        return json.path("_id").asString();
    }

    List<String> tags() {
        return json.path("tags").valueStream().map(JsonNode::asString).toList();
    }

    /** A property as text; null if it is missing or empty. A phone in two parts becomes one number. */
    @Nullable
    String text(String property) {
        JsonNode value = json.path(property);
        if (value.isObject()) {
            return value.path("countryCode").asString("") + value.path("number").asString("");
        }
        boolean scalar = value.isValueNode() && !value.isNull();
        return scalar && !value.asString().isEmpty() ? value.asString() : null;
    }

    /** The full name, or the first and last name. */
    String displayName() {
        return Objects.requireNonNullElseGet(
                text("fullName"),
                () -> Stream.of("firstName", "lastName")
                        .map(this::text)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" ")));
    }

    ContactDocument withTags(Collection<String> names, Instant now) {
        ObjectNode changed = json.deepCopy();
        changed.set("tags", SandboxJson.texts(names));
        return new ContactDocument(changed.put("updatedAt", date(now)));
    }

    /** This contact with the given properties, except those that only the vendor writes. */
    ContactDocument merge(ObjectNode properties, Instant now) {
        ObjectNode changed = json.deepCopy();
        changed.setAll(properties.deepCopy().without(READ_ONLY));
        return new ContactDocument(changed.put("updatedAt", date(now)));
    }
}
