package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Swipe One's endpoints of tags. */
final class SwipeOneTagDesk {

    private static final int LIMIT = 10;

    private final SwipeOneStage stage;
    private final SwipeOneBodies bodies;

    SwipeOneTagDesk(SwipeOneStage stage, SwipeOneBodies bodies) {
        this.stage = stage;
        this.bodies = bodies;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        List<ObjectNode> tags = stage.read().tags().stream().map(bodies::tag).toList();
        ObjectNode content = JsonTrees.object().put("count", tags.size());
        return SwipeOneBodies.success(200, content.set("tags", JsonTrees.array(tags)));
    }

    SandboxReply get(SandboxRequest request, List<String> ids) {
        return bodies.oneTag(200, require(stage.read(), ids.getFirst()));
    }

    SandboxReply create(SandboxRequest request, List<String> ids) {
        ObjectNode body = JsonTrees.readObject(request.body());
        String label = filled(JsonTrees.text(body, "label"));
        String color = color(JsonTrees.text(body, "color"));
        SwipeOneTagRow taken = stage.state().findTagByLabel(label);
        if (taken != null) {
            return createTaken(taken, color);
        }
        return bodies.oneTag(201, add(label, color));
    }

    SandboxReply update(SandboxRequest request, List<String> ids) {
        SwipeOneTagRow old = require(stage.state(), ids.getFirst());
        ObjectNode body = JsonTrees.readObject(request.body());
        String label = body.has("label") ? filled(JsonTrees.text(body, "label")) : old.label();
        String color = body.has("color") ? color(JsonTrees.text(body, "color")) : old.color();
        SwipeOneTagRow tag = new SwipeOneTagRow(old.id(), label, old.name(), color);
        stage.change(state -> state.withTag(tag));
        return bodies.oneTag(200, tag);
    }

    /** There is no such endpoint. */
    SandboxReply delete(SandboxRequest request, List<String> ids) {
        boolean notAllowed = stage.options().has(SwipeOneQuirk.DELETE_NOT_ALLOWED);
        throw notAllowed ? new RejectedException(405, "Method not allowed") : new RejectedException(404, "Not found");
    }

    SandboxReply listContacts(SandboxRequest request, List<String> ids) {
        SwipeOneState state = stage.read();
        SwipeOneTagRow tag = require(state, ids.getFirst());
        ContactKeyset keyset = new ContactKeyset(
                ContactKeyset.limit(request.parameter("limit"), LIMIT),
                request.parameter("searchAfter"),
                request.parameter("searchBefore"));
        ContactKeyset.Page page = keyset.page(
                state.contacts(),
                Comparator.comparing(SwipeOneContactRow::id),
                contact -> contact.tags().contains(tag.name()),
                stage.options().listEnd());
        return SwipeOneBodies.page(
                page, page.items().stream().map(bodies::listed).toList());
    }

    /** Replaces a contact's tags; all items are checked before the first new tag is made. */
    SandboxReply assign(SandboxRequest request, List<String> ids) {
        SwipeOneContactRow contact = stage.state().findContact(ids.getFirst());
        if (contact == null) {
            throw new RejectedException(404, "Contact not found");
        }
        JsonNode items = JsonTrees.readObject(request.body()).path("tags");
        if (!items.isArray()) {
            throw new RejectedException(400, "Invalid input");
        }
        items.forEach(this::check);
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode item : items) {
            SwipeOneTagRow tag = item.isString() ? stage.state().findTagByName(item.stringValue()) : findOrAdd(item);
            if (tag != null) {
                names.add(tag.name());
            }
        }
        SwipeOneContactRow changed = contact.withTags(new ArrayList<>(names), stage.now());
        stage.change(state -> state.withContact(changed));
        return stage.options().has(SwipeOneQuirk.CONTACT_ANSWERED)
                ? bodies.oneContact(200, changed)
                : SwipeOneBodies.message("Tags added to contact");
    }

    private void check(JsonNode item) {
        if (item.isObject()) {
            filled(JsonTrees.text(item, "label"));
            color(JsonTrees.text(item, "color"));
            return;
        }
        boolean known = item.isString() && stage.state().findTagByName(item.stringValue()) != null;
        if (!item.isString() || (!known && stage.options().has(SwipeOneQuirk.UNKNOWN_NAMES_REJECTED))) {
            throw new RejectedException(400, "Invalid input");
        }
    }

    private SwipeOneTagRow findOrAdd(JsonNode item) {
        String label = filled(JsonTrees.text(item, "label"));
        SwipeOneTagRow taken = stage.state().findTagByLabel(label);
        boolean reused = taken != null && !stage.options().has(SwipeOneQuirk.LABELS_DUPLICATED);
        return reused && taken != null ? taken : add(label, color(JsonTrees.text(item, "color")));
    }

    private SandboxReply createTaken(SwipeOneTagRow taken, String color) {
        String message = "Tag with this label already exists";
        return switch (stage.options().takenLabel()) {
            case REJECTED -> SwipeOneBodies.failure(400, "error", message);
            case CONFLICT -> bodies.failure(409, message);
            case ANSWERED -> bodies.oneTag(201, taken);
            case DUPLICATED -> bodies.oneTag(201, add(taken.label(), color));
        };
    }

    private SwipeOneTagRow add(String label, String color) {
        SwipeOneTagRow tag = new SwipeOneTagRow(stage.state().nextId(), label, slug(label), color);
        stage.change(state -> state.withNewTag(tag));
        return tag;
    }

    private String slug(String label) {
        String slug = PlayedSlug.of(label);
        String free = slug;
        int number = 1;
        while (stage.options().has(SwipeOneQuirk.SLUGS_NUMBERED)
                && stage.state().findTagByName(free) != null) {
            number++;
            free = slug + "_" + number;
        }
        return free;
    }

    private static SwipeOneTagRow require(SwipeOneState state, String id) {
        SwipeOneTagRow tag = state.findTag(id);
        if (tag == null) {
            throw new RejectedException(404, "Tag not found");
        }
        return tag;
    }

    private static String filled(@Nullable String label) {
        if (label == null || label.isBlank()) {
            throw new RejectedException(400, "Invalid input");
        }
        return label;
    }

    private String color(@Nullable String color) {
        boolean strict = stage.options().has(SwipeOneQuirk.STRICT_COLORS);
        if (color == null || !SwipeOneColorNames.accepts(color, strict)) {
            throw new RejectedException(400, "Invalid input");
        }
        return color;
    }
}
