package io.taggateway.access.streaming;

import java.util.Set;
import org.springframework.util.StringUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message as clients may send it, by {@code graphql-transport-ws}. */
final class ClientMessage {

    private static final Set<String> WITHOUT_ID = Set.of("connection_init", "ping", "pong");

    private ClientMessage() {}

    /** Whether a text is one. */
    static boolean matches(String text) {
        try {
            return matches(JsonMapper.shared().readTree(text));
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean matches(JsonNode message) {
        JsonNode id = message.path("id");
        JsonNode payload = message.path("payload");
        if (!(isAbsent(id) || id.isString()) || !isObjectOrAbsent(payload)) {
            return false;
        }
        String type = message.path("type").isString() ? message.path("type").stringValue() : "";
        return switch (type) {
            case "subscribe" -> hasText(id) && isOperation(payload);
            case "complete" -> hasText(id);
            default -> WITHOUT_ID.contains(type);
        };
    }

    private static boolean isOperation(JsonNode payload) {
        JsonNode name = payload.path("operationName");
        return hasText(payload.path("query"))
                && (isAbsent(name) || name.isString())
                && isObjectOrAbsent(payload.path("variables"))
                && isObjectOrAbsent(payload.path("extensions"));
    }

    private static boolean hasText(JsonNode node) {
        return node.isString() && StringUtils.hasText(node.stringValue());
    }

    private static boolean isObjectOrAbsent(JsonNode node) {
        return isAbsent(node) || node.isObject();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
