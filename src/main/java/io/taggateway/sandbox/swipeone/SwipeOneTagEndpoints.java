package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Swipe One's endpoints of tags. */
final class SwipeOneTagEndpoints {

    private static final int LIST_LIMIT = 10;
    private static final List<String> COLORS = List.of(
            "gray", "tomato", "red", "ruby", "crimson", "pink", "plum", "purple", "violet", "iris", "indigo", "cyan",
            "blue", "teal", "jade", "green", "grass", "bronze", "gold", "brown", "orange", "amber", "yellow", "lime",
            "mint", "sky");

    private final SwipeOneStore store;

    SwipeOneTagEndpoints(SwipeOneStore store) {
        this.store = store;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        List<ObjectNode> tags = List.copyOf(store.read().tags().values());
        return SwipeOneJson.success(
                200, SandboxJson.object().put("count", tags.size()).set("tags", SandboxJson.array(tags)));
    }

    SandboxReply get(SandboxRequest request, List<String> ids) {
        return SwipeOneJson.one(200, "tag", require(store.read(), ids.getFirst()));
    }

    SandboxReply create(SandboxRequest request, List<String> ids) {
        ObjectNode body = SandboxJson.readObject(request.body());
        String label = label(body);
        String color = color(body);
        ObjectNode taken = store.current().findTag("label", label);
        if (taken == null) {
            return SwipeOneJson.one(201, "tag", add(label, color));
        }
        return switch (store.options().takenLabel()) {
            case REJECTED -> SwipeOneJson.message(400, "error", "Tag with this label already exists");
            case CONFLICT -> throw new RejectedException(409, "Tag with this label already exists");
            case ANSWERED -> SwipeOneJson.one(201, "tag", taken);
            case DUPLICATED -> SwipeOneJson.one(201, "tag", add(label, color));
        };
    }

    SandboxReply update(SandboxRequest request, List<String> ids) {
        ObjectNode tag = require(store.current(), ids.getFirst()).deepCopy();
        ObjectNode body = SandboxJson.readObject(request.body());
        if (body.has("label")) {
            tag.put("label", label(body));
        }
        if (body.has("color")) {
            tag.put("color", color(body));
        }
        store.putTag(tag);
        return SwipeOneJson.one(200, "tag", tag);
    }

    /** There is no such endpoint. */
    SandboxReply delete(SandboxRequest request, List<String> ids) {
        boolean notAllowed = store.options().has(SwipeOneQuirk.DELETE_NOT_ALLOWED);
        throw notAllowed ? new RejectedException(405, "Method not allowed") : new RejectedException(404, "Not found");
    }

    SandboxReply listContacts(SandboxRequest request, List<String> ids) {
        SwipeOneStore.StoreState documents = store.read();
        String name = name(require(documents, ids.getFirst()));
        return SwipeOneJson.success(
                200,
                ContactPageRequest.of(request, LIST_LIMIT)
                        .page(
                                documents.contacts().values(),
                                ContactSelection.taggedWith(name),
                                store.options().listEnd(),
                                this::listed));
    }

    /** Replaces a contact's tags; all items are checked before the first new tag is created. */
    SandboxReply assign(SandboxRequest request, List<String> ids) {
        ContactDocument contact = store.current().contacts().get(ids.getFirst());
        if (contact == null) {
            throw new RejectedException(404, "Contact not found");
        }
        JsonNode items = SandboxJson.readObject(request.body()).path("tags");
        if (!items.isArray()) {
            throw new RejectedException(400, "Invalid input");
        }
        items.forEach(this::check);
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode item : items) {
            ObjectNode tag = item.isString() ? store.current().findTag("name", item.stringValue()) : findOrAdd(item);
            if (tag != null) {
                names.add(name(tag));
            }
        }
        ContactDocument changed = contact.withTags(names, store.now());
        store.putContact(changed);
        return store.options().has(SwipeOneQuirk.CONTACT_ANSWERED)
                ? SwipeOneJson.one(200, "contact", changed.json())
                : SwipeOneJson.message(200, "success", "Tags added to contact");
    }

    private void check(JsonNode item) {
        if (item.isObject()) {
            label(item);
            color(item);
            return;
        }
        boolean known = item.isString() && store.current().findTag("name", item.stringValue()) != null;
        if (!item.isString() || (!known && store.options().has(SwipeOneQuirk.UNKNOWN_NAMES_REJECTED))) {
            throw new RejectedException(400, "Invalid input");
        }
    }

    private ObjectNode findOrAdd(JsonNode item) {
        ObjectNode known = store.options().has(SwipeOneQuirk.LABELS_DUPLICATED)
                ? null
                : store.current().findTag("label", label(item));
        return known == null ? add(label(item), color(item)) : known;
    }

    private ObjectNode add(String label, String color) {
        ObjectNode tag = SwipeOneScenario.tag(store.nextId(), label, color);
        String slug = name(tag);
        for (int number = 2; isNumbered(name(tag)); number++) {
            tag.put("name", slug + "_" + number);
        }
        store.putTag(tag);
        return tag;
    }

    private boolean isNumbered(String name) {
        return store.options().has(SwipeOneQuirk.SLUGS_NUMBERED)
                && store.current().findTag("name", name) != null;
    }

    /** A contact in the list of a tag's contacts. */
    private ObjectNode listed(ContactDocument contact) {
        ObjectNode item = contact.json().deepCopy();
        if (store.options().has(SwipeOneQuirk.LISTED_WITHOUT_ID)) {
            item = SandboxJson.object().put("name", contact.displayName()).put("email", contact.text("email"));
        }
        if (store.options().has(SwipeOneQuirk.LISTED_WITH_TAGS)) {
            return item.set("tags", SandboxJson.texts(contact.tags()));
        }
        return item.without("tags");
    }

    private static String name(ObjectNode tag) {
        return tag.path("name").asString();
    }

    private static ObjectNode require(SwipeOneStore.StoreState documents, String id) {
        ObjectNode tag = documents.tags().get(id);
        if (tag == null) {
            throw new RejectedException(404, "Tag not found");
        }
        return tag;
    }

    private static String label(JsonNode body) {
        String label = SandboxJson.text(body, "label");
        if (label == null || label.isBlank()) {
            throw new RejectedException(400, "Invalid input");
        }
        return label;
    }

    /** The documentation lists names of colors; an example has hex. */
    private String color(JsonNode body) {
        String color = String.valueOf(SandboxJson.text(body, "color"));
        boolean hex = color.matches("#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?");
        if (!COLORS.contains(color) && (!hex || store.options().has(SwipeOneQuirk.STRICT_COLORS))) {
            throw new RejectedException(400, "Invalid input");
        }
        return color;
    }
}
