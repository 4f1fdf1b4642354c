package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SIPSIM's endpoints under {@code /tags}. */
final class SipsimTagDesk {

    private static final String DEFAULT_COLOR = "#6B7280";

    private final SipsimStage stage;
    private final SipsimBodies bodies;

    SipsimTagDesk(SipsimStage stage, SipsimBodies bodies) {
        this.stage = stage;
        this.bodies = bodies;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        int limit =
                Math.min(SipsimKeyset.limit(request, 1, 1000), stage.options().tagPageLimit());
        SipsimKeyset.Page<SipsimTagRow> page =
                new SipsimKeyset(stage.options()).page(stage.state().tags(), SipsimTagRow::id, limit, request);
        return bodies.page(page, page.items().stream().map(bodies::tag).toList());
    }

    SandboxReply create(SandboxRequest request, List<String> ids) {
        ObjectNode body = JsonTrees.readObject(request.body());
        long id = stage.state().lastTagId() + 1;
        String name = name(body, "");
        rejectTaken(name, id);
        SipsimTagRow tag = new SipsimTagRow(id, name, color(body, DEFAULT_COLOR), description(body, null));
        stage.change(state -> state.withNewTag(tag));
        return bodies.success(201, bodies.tag(tag));
    }

    SandboxReply update(SandboxRequest request, List<String> ids) {
        SipsimTagRow old = require(ids.getFirst());
        ObjectNode body = JsonTrees.readObject(request.body());
        String name = name(body, old.name());
        rejectTaken(name, old.id());
        boolean described = old.described() || body.has("description");
        SipsimTagRow tag = new SipsimTagRow(
                old.id(), name, color(body, old.color()), description(body, old.description()), described);
        stage.change(state -> state.withTag(tag));
        return bodies.success(200, bodies.tag(tag));
    }

    SandboxReply delete(SandboxRequest request, List<String> ids) {
        if (find(ids.getFirst()) == null && stage.options().has(SipsimQuirk.UNKNOWN_TAG_DELETED)) {
            return SandboxReply.empty(204);
        }
        long id = require(ids.getFirst()).id();
        stage.change(state -> state.withoutTag(id));
        return SandboxReply.empty(204);
    }

    SipsimTagRow require(String id) {
        SipsimTagRow tag = find(id);
        if (tag == null) {
            throw new RejectedException(404, "Tag not found");
        }
        return tag;
    }

    @Nullable
    SipsimTagRow find(String id) {
        try {
            return stage.state().findTag(Long.parseLong(id));
        } catch (NumberFormatException notInteger) {
            return null;
        }
    }

    private void rejectTaken(String name, long ownId) {
        boolean ignoringCase = stage.options().has(SipsimQuirk.NAMES_IGNORE_CASE);
        boolean taken = stage.state().tags().stream()
                .filter(tag -> tag.id() != ownId)
                .anyMatch(tag -> ignoringCase
                        ? tag.name().equalsIgnoreCase(name)
                        : tag.name().equals(name));
        if (taken) {
            throw new RejectedException(409, "Tag with this name already exists");
        }
    }

    private static String name(ObjectNode body, String otherwise) {
        String name = body.has("name") ? JsonTrees.text(body, "name") : otherwise;
        if (name == null || name.isBlank()) {
            throw new RejectedException(400, "Name can't be blank");
        }
        return name;
    }

    private static String color(ObjectNode body, String otherwise) {
        String color = body.has("color") ? JsonTrees.text(body, "color") : otherwise;
        if (color == null || !color.matches("#[0-9A-Fa-f]{6}")) {
            throw new RejectedException(400, "Color is not a hex color");
        }
        return color;
    }

    private static @Nullable String description(ObjectNode body, @Nullable String otherwise) {
        boolean readable =
                body.path("description").isString() || body.path("description").isNull() || !body.has("description");
        if (!readable) {
            throw new RejectedException(400, "Description is not a string");
        }
        return body.has("description") ? JsonTrees.text(body, "description") : otherwise;
    }
}
