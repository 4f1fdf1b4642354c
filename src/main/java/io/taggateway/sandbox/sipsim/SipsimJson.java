package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** SIPSIM's JSON: envelopes, tags and calls. */
final class SipsimJson {

    private final SipsimStore store;
    private long responses;

    SipsimJson(SipsimStore store) {
        this.store = store;
    }

    SandboxReply success(int status, JsonNode content) {
        return SandboxReply.json(status, envelope(status, content));
    }

    /** The form of the one documented error, which has no timestamp. */
    SandboxReply error(int status, String message, String path) {
        ObjectNode body = SandboxJson.object().put("status", status);
        body.putArray("errors").add(message);
        return SandboxReply.json(status, body.put("request_id", nextRequestId()).put("path", path));
    }

    ObjectNode envelope(int status, JsonNode content) {
        return SandboxJson.object()
                .put("status", status)
                .put("request_id", nextRequestId())
                .put("timestamp", store.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .set("data", content);
    }

    ObjectNode tag(ObjectNode stored) {
        ObjectNode tag = stored.deepCopy();
        String color = tag.path("color").asString();
        if (store.options().has(SipsimQuirk.COLOR_WITHOUT_HASH) && color.startsWith("#")) {
            tag.put("color", color.substring(1));
        }
        if (store.options().has(SipsimQuirk.NULL_DESCRIPTION_LEFT_OUT)
                && tag.path("description").isNull()) {
            tag.remove("description");
        }
        return tag;
    }

    ObjectNode plainTag(ObjectNode stored) {
        return tag(stored).without("description");
    }

    ObjectNode call(SipsimStore.Call call) {
        ObjectNode body = SandboxJson.object();
        String id = call.id(store.options().callIds());
        if (id.equals(Long.toString(call.number()))) {
            body.put("id", call.number());
        } else {
            body.put("id", id);
        }
        List<ObjectNode> tags = tagsOf(call).map(this::plainTag).toList();
        return body.put("direction", call.direction())
                .put("call_type", call.type())
                .put("caller_number", call.caller())
                .put("receiver_number", call.receiver())
                .put("start_time", call.start().toString())
                .put("duration_sec", call.seconds())
                .put("employee_id", call.employeeId())
                .set("tags", SandboxJson.array(tags));
    }

    Stream<ObjectNode> tagsOf(SipsimStore.Call call) {
        return call.tagIds().stream().map(store.tags()::get).filter(Objects::nonNull);
    }

    private String nextRequestId() {
        responses++;
        return UUID.nameUUIDFromBytes(("sandbox-" + responses).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
