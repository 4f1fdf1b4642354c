package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which calls {@code GET /calls} asks for; an empty set asks for all.
 *
 * @param tagIds of which a call needs one
 * @param search part of a number or of a caller's name, in lower case
 */
record SipsimCallSelection(
        Instant start, Instant end, Set<String> employees, Set<Long> tagIds, Set<String> types, String search) {

    private static final Set<String> TYPES = Set.of("inbound", "outgoing", "missed", "voicemail");

    static SipsimCallSelection of(SandboxRequest request, Instant now) {
        Instant start = instant(request, "start_time");
        if (start == null) {
            throw new RejectedException(400, "start_time is required");
        }
        Instant end = instant(request, "end_time");
        Set<String> types = items(request, "call_types");
        if (!TYPES.containsAll(types)) {
            throw new RejectedException(400, "call_types must be of inbound, outgoing, missed, voicemail");
        }
        String search = request.parameter("search");
        return new SipsimCallSelection(
                start,
                end == null ? now : end,
                items(request, "employees"),
                tagIds(items(request, "tags")),
                types,
                search == null ? "" : search.strip().toLowerCase(Locale.ROOT));
    }

    boolean matches(SipsimCallRow call) {
        boolean timely = !call.start().isBefore(start) && !call.start().isAfter(end);
        return timely
                && (employees.isEmpty()
                        || employees.contains(Integer.toString(call.parties().employeeId())))
                && (tagIds.isEmpty() || call.tagIds().stream().anyMatch(tagIds::contains))
                && (types.isEmpty() || types.contains(call.type()))
                && (search.isEmpty() || isFound(call.parties()));
    }

    private boolean isFound(CallParties parties) {
        return parties.caller().contains(search)
                || parties.receiver().contains(search)
                || parties.name().toLowerCase(Locale.ROOT).contains(search);
    }

    private static @Nullable Instant instant(SandboxRequest request, String name) {
        String text = request.parameter(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new RejectedException(400, name + " is not an ISO 8601 date and time");
        }
    }

    private static Set<Long> tagIds(Set<String> items) {
        try {
            return items.stream().map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
        } catch (NumberFormatException notInteger) {
            throw new RejectedException(400, "tags must be tag ids");
        }
    }

    private static Set<String> items(SandboxRequest request, String name) {
        String text = request.parameter(name);
        List<String> items = text == null ? List.of() : List.of(text.split(",", -1));
        Stream<String> filled = items.stream().map(String::strip).filter(item -> !item.isEmpty());
        return filled.collect(Collectors.toUnmodifiableSet());
    }
}
