package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SIPSIM's endpoints under {@code /tags}. */
final class SipsimTagEndpoints {

    private final SipsimStore store;
    private final SipsimJson bodies;
    private final SipsimPagination pages;

    SipsimTagEndpoints(SipsimStore store, SipsimJson bodies, SipsimPagination pages) {
        this.store = store;
        this.bodies = bodies;
        this.pages = pages;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        int limit = Math.min(
                SipsimPagination.limit(request, 1, 1000), store.options().tagPageLimit());
        return pages.page(request, limit, store.tags(), bodies::tag);
    }

    SandboxReply create(SandboxRequest request, List<String> ids) {
        ObjectNode unnamed = SandboxJson.object()
                .put("id", 0)
                .put("name", "")
                .put("color", "#6B7280")
                .putNull("description");
        ObjectNode tag = changed(unnamed, request);
        return store(201, tag.put("id", store.nextTagId()));
    }

    SandboxReply update(SandboxRequest request, List<String> ids) {
        return store(200, changed(require(ids.getFirst()), request));
    }

    /** Deletes the tag and removes it from every call. */
    SandboxReply delete(SandboxRequest request, List<String> ids) {
        if (find(ids.getFirst()) == null && store.options().has(SipsimQuirk.UNKNOWN_TAG_DELETED)) {
            return SandboxReply.empty(204);
        }
        long id = id(require(ids.getFirst()));
        store.tags().remove(id);
        store.calls().values().forEach(call -> call.tagIds().remove(id));
        return SandboxReply.empty(204);
    }

    static long id(ObjectNode tag) {
        return tag.path("id").longValue();
    }

    ObjectNode require(String id) {
        ObjectNode tag = find(id);
        if (tag == null) {
            throw new RejectedException(404, "Tag not found");
        }
        return tag;
    }

    @Nullable
    ObjectNode find(String id) {
        try {
            return store.tags().get(Long.parseLong(id));
        } catch (NumberFormatException notInteger) {
            return null;
        }
    }

    private SandboxReply store(int status, ObjectNode tag) {
        store.tags().put(id(tag), tag);
        return bodies.success(status, bodies.tag(tag));
    }

    private ObjectNode changed(ObjectNode tag, SandboxRequest request) {
        ObjectNode body = SandboxJson.readObject(request.body());
        ObjectNode changed = tag.deepCopy();
        Stream.of("name", "color", "description")
                .filter(body::has)
                .forEach(member -> changed.set(member, body.get(member)));
        String name = SandboxJson.text(changed, "name");
        if (name == null || name.isBlank()) {
            throw new RejectedException(400, "Name can't be blank");
        }
        rejectTaken(name, id(tag));
        String color = SandboxJson.text(changed, "color");
        if (color == null || !color.matches("#[0-9A-Fa-f]{6}")) {
            throw new RejectedException(400, "Color is not a hex color");
        }
        if (body.hasNonNull("description") && !body.path("description").isString()) {
            throw new RejectedException(400, "Description is not a string");
        }
        return changed;
    }

    private void rejectTaken(String name, long ownId) {
        boolean ignoringCase = store.options().has(SipsimQuirk.NAMES_IGNORE_CASE);
        boolean taken = store.tags().values().stream()
                .filter(tag -> id(tag) != ownId)
                .map(tag -> tag.path("name").asString())
                .anyMatch(other -> ignoringCase ? other.equalsIgnoreCase(name) : other.equals(name));
        if (taken) {
            throw new RejectedException(409, "Tag with this name already exists");
        }
    }
}
