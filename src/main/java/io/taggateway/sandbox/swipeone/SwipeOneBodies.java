package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.SandboxReply;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Swipe One's JSON: envelopes, tags and contacts. */
final class SwipeOneBodies {

    /** What a contact has that clients cannot write with its other properties. */
    static final Set<String> OWN_FIELDS =
            Set.of("_id", "tags", "createdAt", "updatedAt", "createdBy", "workspaceId", "__v");

    private final SwipeOneStage stage;

    SwipeOneBodies(SwipeOneStage stage) {
        this.stage = stage;
    }

    static SandboxReply success(int status, JsonNode content) {
        ObjectNode body = JsonTrees.object().put("status", "success");
        body.set("data", content);
        return SandboxReply.json(status, body);
    }

    static SandboxReply message(String message) {
        return SandboxReply.json(
                200, JsonTrees.object().put("status", "success").put("message", message));
    }

    SandboxReply failure(int status, String message) {
        boolean error = stage.options().has(SwipeOneQuirk.ERROR_ENVELOPE);
        return failure(status, error ? "error" : "fail", message);
    }

    static SandboxReply failure(int status, String word, String message) {
        return SandboxReply.json(status, JsonTrees.object().put("status", word).put("message", message));
    }

    ObjectNode tag(SwipeOneTagRow tag) {
        return JsonTrees.object()
                .put("_id", tag.id())
                .put("label", tag.label())
                .put("name", tag.name())
                .put("workspaceId", stage.options().keys().workspaceId())
                .put("color", tag.color());
    }

    SandboxReply oneTag(int status, SwipeOneTagRow tag) {
        return success(status, JsonTrees.object().set("tag", tag(tag)));
    }

    SandboxReply oneContact(int status, SwipeOneContactRow contact) {
        return success(status, JsonTrees.object().set("contact", contact.document()));
    }

    /** Answers the contact as the listing of a tag's contacts shows it. */
    ObjectNode listed(SwipeOneContactRow contact) {
        ObjectNode item = contact.document().deepCopy();
        if (stage.options().has(SwipeOneQuirk.LISTED_WITHOUT_ID)) {
            item = JsonTrees.object().put("name", contact.displayName()).put("email", contact.text("email"));
        }
        if (stage.options().has(SwipeOneQuirk.LISTED_WITH_TAGS)) {
            item.set("tags", JsonTrees.texts(contact.tags()));
        } else {
            item.remove("tags");
        }
        return item;
    }

    static SandboxReply page(ContactKeyset.Page page, List<ObjectNode> items) {
        ObjectNode content = JsonTrees.object().put("count", page.count());
        page.after().write(content, "searchAfter");
        page.before().write(content, "searchBefore");
        content.set("contacts", JsonTrees.array(items));
        return success(200, content);
    }
}
