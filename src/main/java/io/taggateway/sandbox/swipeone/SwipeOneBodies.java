package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.SandboxReply;
import tools.jackson.databind.JsonNode;

/** Swipe One's JSON envelopes. */
final class SwipeOneBodies {

    private SwipeOneBodies() {}

    static SandboxReply success(int status, JsonNode content) {
        return SandboxReply.json(
                status, JsonTrees.object().put("status", "success").set("data", content));
    }

    /** A success with one object, such as a {@code tag}. */
    static SandboxReply one(int status, String name, JsonNode object) {
        return success(status, JsonTrees.object().set(name, object));
    }

    /** A failure, or a success that has only a message. */
    static SandboxReply message(int status, String word, String message) {
        return SandboxReply.json(status, JsonTrees.object().put("status", word).put("message", message));
    }
}
