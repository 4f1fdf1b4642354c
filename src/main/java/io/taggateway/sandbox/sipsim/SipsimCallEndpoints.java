package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.sipsim.SipsimOptions.CallIdForm;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import io.taggateway.sandbox.sipsim.SipsimStore.Call;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SIPSIM's endpoints under {@code /calls}. */
final class SipsimCallEndpoints {

    private static final Set<String> TYPES = Set.of("inbound", "outgoing", "missed", "voicemail");

    private final SipsimStore store;
    private final SipsimJson bodies;
    private final SipsimPagination pages;
    private final SipsimTagEndpoints tags;

    SipsimCallEndpoints(SipsimStore store, SipsimJson bodies, SipsimPagination pages, SipsimTagEndpoints tags) {
        this.store = store;
        this.bodies = bodies;
        this.pages = pages;
        this.tags = tags;
    }

    SandboxReply list(SandboxRequest request, List<String> ids) {
        int limit = SipsimPagination.limit(request, 20, 1000);
        NavigableMap<Long, Call> found = new TreeMap<>(store.calls());
        found.values().removeIf(Predicate.not(filter(request)));
        return pages.page(request, limit, found, bodies::call);
    }

    SandboxReply get(SandboxRequest request, List<String> ids) {
        return bodies.success(200, bodies.call(require(ids.getFirst())));
    }

    SandboxReply listTags(SandboxRequest request, List<String> ids) {
        Function<ObjectNode, ObjectNode> shape =
                store.options().has(SipsimQuirk.CALL_TAGS_DESCRIBED) ? bodies::tag : bodies::plainTag;
        Call call = require(ids.getFirst());
        return bodies.success(
                200, SandboxJson.array(bodies.tagsOf(call).map(shape).toList()));
    }

    SandboxReply assign(SandboxRequest request, List<String> ids) {
        Call call = require(ids.getFirst());
        boolean added = call.tagIds().add(SipsimTagEndpoints.id(tags.require(ids.getLast())));
        return SandboxReply.empty(added ? 201 : 204);
    }

    /** Returns 204 even if the call does not have the tag or the tag does not exist; 404 for an unknown call. */
    SandboxReply unassign(SandboxRequest request, List<String> ids) {
        Call call = require(ids.getFirst());
        ObjectNode tag = tags.find(ids.getLast());
        if (tag != null) {
            call.tagIds().remove(SipsimTagEndpoints.id(tag));
        }
        return SandboxReply.empty(204);
    }

    private Call require(String id) {
        CallIdForm form = store.options().callIds();
        return store.calls().values().stream()
                .filter(call -> call.id(form).equals(id))
                .findFirst()
                .orElseThrow(() -> new RejectedException(404, "Call not found"));
    }

    private Predicate<Call> filter(SandboxRequest request) {
        Instant start = instant(request, "start_time");
        if (start == null) {
            throw new RejectedException(400, "start_time is required");
        }
        Instant end = Objects.requireNonNullElseGet(instant(request, "end_time"), store::now);
        Set<String> types = items(request, "call_types");
        if (!TYPES.containsAll(types)) {
            throw new RejectedException(400, "call_types must be of inbound, outgoing, missed, voicemail");
        }
        Set<String> employees = items(request, "employees");
        Set<String> tagIds = items(request, "tags");
        if (!tagIds.stream().allMatch(id -> id.matches("-?\\d{1,18}"))) {
            throw new RejectedException(400, "tags must be tag ids");
        }
        String search = Objects.requireNonNullElse(request.parameter("search"), "");
        return within(start, end)
                .and(call -> types.isEmpty() || types.contains(call.type()))
                .and(call -> employees.isEmpty() || employees.contains(Integer.toString(call.employeeId())))
                .and(call -> tagIds.isEmpty()
                        || call.tagIds().stream().map(String::valueOf).anyMatch(tagIds::contains))
                .and(matching(search.strip().toLowerCase(Locale.ROOT)));
    }

    private static Predicate<Call> within(Instant start, Instant end) {
        return call -> !call.start().isBefore(start) && !call.start().isAfter(end);
    }

    private static Predicate<Call> matching(String search) {
        return call -> Stream.of(call.caller(), call.receiver(), call.name().toLowerCase(Locale.ROOT))
                .anyMatch(text -> text.contains(search));
    }

    private static @Nullable Instant instant(SandboxRequest request, String name) {
        String text = request.parameter(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new RejectedException(400, name + " is not an ISO 8601 date and time");
        }
    }

    private static Set<String> items(SandboxRequest request, String name) {
        String text = Objects.requireNonNullElse(request.parameter(name), "");
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
