package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.sipsim.SipsimOptions.CallIdForm;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The data of simulated SIPSIM. */
final class SipsimStore {

    private final Clock clock;
    private final Supplier<SipsimOptions> options;
    private final NavigableMap<Long, ObjectNode> tags = new TreeMap<>();
    private final NavigableMap<Long, Call> calls = new TreeMap<>(Comparator.reverseOrder());
    private long lastTagId;
    /** The moment of the scenario that is not loaded yet; null if it is loaded. */
    private @Nullable Instant resetAt;

    SipsimStore(Clock clock, Supplier<SipsimOptions> options) {
        this.clock = clock;
        this.options = options;
        this.resetAt = clock.instant();
    }

    /**
     * A stored call.
     *
     * @param number the integer in its id
     * @param type one of inbound, outgoing, missed and voicemail
     * @param name the name of the other party, empty if unknown; SIPSIM searches it but never returns it
     * @param employeeId the employee who took part
     * @param seconds the duration; null if SIPSIM does not return it
     */
    record Call(
            long number,
            String type,
            String caller,
            String receiver,
            String name,
            int employeeId,
            Instant start,
            @Nullable Integer seconds,
            SortedSet<Long> tagIds) {

        String direction() {
            return type.equals("outgoing") ? "outgoing" : "inbound";
        }

        /** The id as text. In JSON, an id of digits only is a number. */
        String id(CallIdForm form) {
            return switch (form) {
                case INTEGER -> Long.toString(number);
                case PREFIXED -> "call_" + number;
                case PUBLIC -> {
                    String outside = type.equals("outgoing") ? receiver : caller;
                    yield outside + "-" + start.getEpochSecond() + "." + number;
                }
                case MIXED -> id(number % 10 == 7 ? CallIdForm.PUBLIC : CallIdForm.INTEGER);
            };
        }
    }

    Instant now() {
        return clock.instant();
    }

    SipsimOptions options() {
        return options.get();
    }

    /** The tags by id, as JSON with all members. */
    NavigableMap<Long, ObjectNode> tags() {
        load();
        return tags;
    }

    /** The calls by number, the newest first. */
    NavigableMap<Long, Call> calls() {
        load();
        return calls;
    }

    /** An id that no tag ever had. */
    long nextTagId() {
        load();
        lastTagId++;
        return lastTagId;
    }

    /** Restores the scenario of this moment, which is loaded when it is needed. */
    void reset() {
        resetAt = now();
    }

    private void load() {
        Instant begin = resetAt;
        if (begin == null) {
            return;
        }
        resetAt = null;
        tags.clear();
        calls.clear();
        SipsimScenario.tags().forEach(tag -> tags.put(tag.path("id").longValue(), tag));
        SipsimScenario.calls(begin).forEach(call -> calls.put(call.number(), call));
        lastTagId = tags.lastKey();
    }
}
