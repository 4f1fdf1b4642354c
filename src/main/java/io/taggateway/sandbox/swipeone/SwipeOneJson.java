package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import tools.jackson.databind.JsonNode;

/** Swipe One's JSON envelopes. */
final class SwipeOneJson {

    private SwipeOneJson() {}

    static SandboxReply success(int status, JsonNode content) {
        return SandboxReply.json(
                status, SandboxJson.object().put("status", "success").set("data", content));
    }

    /** A success with one object, such as a {@code tag}. */
    static SandboxReply one(int status, String name, JsonNode object) {
        return success(status, SandboxJson.object().set(name, object));
    }

    /** A failure, or a success that has only a message. */
    static SandboxReply message(int status, String word, String message) {
        return SandboxReply.json(
                status, SandboxJson.object().put("status", word).put("message", message));
    }
}
