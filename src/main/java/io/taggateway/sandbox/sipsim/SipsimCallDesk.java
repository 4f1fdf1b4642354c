package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** SIPSIM's endpoints under {@code /calls}. */
final class SipsimCallDesk {

    private final SipsimStage stage;
    private final SipsimBodies bodies;
    private final SipsimTagDesk tags;

    SipsimCallDesk(SipsimStage stage, SipsimBodies bodies, SipsimTagDesk tags) {
        this.stage = stage;
        this.bodies = bodies;
        this.tags = tags;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        int limit = SipsimKeyset.limit(request, 20, 1000);
        SipsimCallSelection filter = SipsimCallSelection.of(request, stage.now());
        List<SipsimCallRow> found =
                stage.state().calls().stream().filter(filter::matches).toList();
        SipsimKeyset.Page<SipsimCallRow> page =
                new SipsimKeyset(stage.options()).page(found, call -> -call.number(), limit, request);
        return bodies.page(page, page.items().stream().map(bodies::call).toList());
    }

    SandboxReply get(SandboxRequest request, List<String> ids) {
        return bodies.success(200, bodies.call(require(ids.getFirst())));
    }

    SandboxReply listTags(SandboxRequest request, List<String> ids) {
        Function<SipsimTagRow, ObjectNode> shape =
                stage.options().has(SipsimQuirk.CALL_TAGS_DESCRIBED) ? bodies::tag : bodies::plainTag;
        SipsimCallRow call = require(ids.getFirst());
        return bodies.success(
                200, JsonTrees.array(bodies.tagsOf(call).stream().map(shape).toList()));
    }

    SandboxReply assign(SandboxRequest request, List<String> ids) {
        SipsimCallRow call = require(ids.getFirst());
        long tag = tags.require(ids.getLast()).id();
        if (call.tagIds().contains(tag)) {
            return SandboxReply.empty(204);
        }
        stage.change(state -> state.withCall(call.number(), old -> old.withTag(tag)));
        return SandboxReply.empty(201);
    }

    /** Answers 204 whether or not the tag is on the call or exists at all; a call that does not exist is 404. */
    SandboxReply unassign(SandboxRequest request, List<String> ids) {
        SipsimCallRow call = require(ids.getFirst());
        SipsimTagRow tag = tags.find(ids.getLast());
        if (tag != null) {
            stage.change(state -> state.withCall(call.number(), old -> old.withoutTag(tag.id())));
        }
        return SandboxReply.empty(204);
    }

    private SipsimCallRow require(String id) {
        CallIdForm form = stage.options().callIds();
        return stage.state().calls().stream()
                .filter(call -> call.id(form).equals(id))
                .findFirst()
                .orElseThrow(() -> new RejectedException(404, "Call not found"));
    }
}
