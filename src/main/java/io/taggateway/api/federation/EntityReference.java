package io.taggateway.api.federation;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Vendor;
import java.util.Arrays;
import java.util.Map;

/** By what another part of the graph names an object of ours. */
sealed interface EntityReference {

    /** A tag, call or contact by its id. */
    record ToNode(GlobalId id) implements EntityReference {}

    /** A group of tags by its slug. */
    record ToGroup(String slug) implements EntityReference {}

    /** What names nothing that can be. */
    record Malformed(BadInputException error) implements EntityReference {}

    /** Reads a representation as routers send it. */
    static EntityReference of(Object representation) {
        try {
            return read(representation instanceof Map<?, ?> fields ? fields : Map.of());
        } catch (BadInputException e) {
            return new Malformed(e);
        }
    }

    private static EntityReference read(Map<?, ?> fields) {
        String type = text(fields, "__typename");
        return switch (type) {
            case "Tag" -> new ToNode(id(fields, NodeType.TAG));
            case "Call" -> new ToNode(id(fields, NodeType.CALL));
            case "Contact" -> new ToNode(id(fields, NodeType.CONTACT));
            case "TagGroup" -> new ToGroup(text(fields, "slug"));
            default ->
                throw new BadInputException("`" + BadInputException.excerpt(type) + "` is no entity of this graph.");
        };
    }

    private static GlobalId id(Map<?, ?> fields, NodeType type) {
        if (fields.get("id") != null) {
            return GlobalId.parse(text(fields, "id"), type);
        }
        String name = text(fields, "vendor");
        Vendor vendor = Arrays.stream(Vendor.values())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("`" + BadInputException.excerpt(name) + "` is no vendor."));
        return GlobalId.parse(GlobalId.of(vendor, type, text(fields, "remoteId")), type);
    }

    private static String text(Map<?, ?> fields, String key) {
        if (fields.get(key) instanceof String text) {
            return text;
        }
        throw new BadInputException("A representation needs `" + key + "` as a text.");
    }
}
