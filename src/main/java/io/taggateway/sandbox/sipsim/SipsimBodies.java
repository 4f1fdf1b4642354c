package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.SandboxReply;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** SIPSIM's JSON: envelopes, tags and calls. */
final class SipsimBodies {

    private final SipsimStage stage;
    private long answers;

    SipsimBodies(SipsimStage stage) {
        this.stage = stage;
    }

    SandboxReply success(int status, JsonNode content) {
        return SandboxReply.json(status, envelope(status, content));
    }

    SandboxReply page(SipsimKeyset.Page<?> page, List<ObjectNode> items) {
        ObjectNode body = envelope(200, JsonTrees.array(items));
        ObjectNode pagination = body.putObject("pagination");
        pagination.put("count", items.size());
        pagination.put("limit", page.limit());
        if (page.token() != null) {
            pagination.put("page", page.token());
        }
        pagination.put("has_more", page.more());
        return SandboxReply.json(200, body);
    }

    /** Answers in the form of the one documented error, which has no timestamp. */
    SandboxReply error(int status, String message, String path) {
        ObjectNode body = JsonTrees.object().put("status", status);
        body.putArray("errors").add(message);
        body.put("request_id", nextRequestId());
        body.put("path", path);
        return SandboxReply.json(status, body);
    }

    ObjectNode tag(SipsimTagRow tag) {
        ObjectNode body = plainTag(tag);
        boolean leftOut = tag.description() == null && stage.options().has(SipsimQuirk.NULL_DESCRIPTION_LEFT_OUT);
        return tag.described() && !leftOut ? body.put("description", tag.description()) : body;
    }

    ObjectNode call(SipsimCallRow call) {
        ObjectNode body = JsonTrees.object();
        String id = call.id(stage.options().callIds());
        if (id.equals(Long.toString(call.number()))) {
            body.put("id", call.number());
        } else {
            body.put("id", id);
        }
        body.put("direction", call.direction());
        body.put("call_type", call.type());
        body.put("caller_number", call.parties().caller());
        body.put("receiver_number", call.parties().receiver());
        body.put("start_time", call.start().toString());
        body.put("duration_sec", call.seconds());
        body.put("employee_id", call.parties().employeeId());
        body.set(
                "tags",
                JsonTrees.array(tagsOf(call).stream().map(this::plainTag).toList()));
        return body;
    }

    List<SipsimTagRow> tagsOf(SipsimCallRow call) {
        return call.tagIds().stream()
                .map(stage.state()::findTag)
                .filter(Objects::nonNull)
                .toList();
    }

    ObjectNode plainTag(SipsimTagRow tag) {
        boolean bare = stage.options().has(SipsimQuirk.COLOR_WITHOUT_HASH)
                && tag.color().startsWith("#");
        return JsonTrees.object()
                .put("id", tag.id())
                .put("name", tag.name())
                .put("color", bare ? tag.color().substring(1) : tag.color());
    }

    private ObjectNode envelope(int status, JsonNode content) {
        ObjectNode body = JsonTrees.object().put("status", status);
        body.put("request_id", nextRequestId());
        body.put("timestamp", stage.now().truncatedTo(ChronoUnit.SECONDS).toString());
        body.set("data", content);
        return body;
    }

    private String nextRequestId() {
        answers++;
        return UUID.nameUUIDFromBytes(("sandbox-" + answers).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
