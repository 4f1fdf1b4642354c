package io.taggateway.sandbox.http;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and creates JSON trees. */
public final class SandboxJson {

    private SandboxJson() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array(Collection<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    public static ArrayNode texts(Collection<String> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    /** Reads a JSON object, or rejects the request with 400. */
    public static ObjectNode readObject(String text) {
        try {
            if (JsonMapper.shared().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException unreadable) {
            throw new RejectedException(400, "Request body is not valid JSON");
        }
        throw new RejectedException(400, "Request body must be a JSON object");
    }

    /** The text member with a name; null if it is missing or not a text. */
    public static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() ? value.stringValue() : null;
    }
}
