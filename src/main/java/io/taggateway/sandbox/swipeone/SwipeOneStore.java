package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.SandboxJson;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The data of simulated Swipe One: JSON documents, which are replaced and never changed. */
final class SwipeOneStore {

    private static final int FIRST_FREE_ID = 0x2000;

    private final Clock clock;
    private final Supplier<SwipeOneOptions> options;
    private Instant resetAt;
    private @Nullable StoreState current;
    private @Nullable StoreState previous;
    private int staleReads;
    private int nextId;

    SwipeOneStore(Clock clock, Supplier<SwipeOneOptions> options) {
        this.clock = clock;
        this.options = options;
        this.resetAt = clock.instant();
        this.nextId = FIRST_FREE_ID;
    }

    /** A snapshot of all documents by id. */
    record StoreState(Map<String, ObjectNode> tags, Map<String, ContactDocument> contacts) {

        /** The first tag with a text as the value of a member. */
        @Nullable
        ObjectNode findTag(String member, String text) {
            return tags.values().stream()
                    .filter(tag -> text.equals(SandboxJson.text(tag, member)))
                    .findFirst()
                    .orElse(null);
        }
    }

    Instant now() {
        return clock.instant();
    }

    SwipeOneOptions options() {
        return options.get();
    }

    /** The current data. The scenario is loaded when it is needed. */
    StoreState current() {
        StoreState loaded = current;
        if (loaded == null) {
            loaded = SwipeOneScenario.at(resetAt);
            current = loaded;
        }
        return loaded;
    }

    /** The data for one read request, which may be older than the last write. */
    StoreState read() {
        staleReads = Math.min(staleReads, options().staleReads());
        if (staleReads == 0) {
            return current();
        }
        staleReads--;
        return Objects.requireNonNull(previous);
    }

    String nextId() {
        nextId++;
        return SwipeOneScenario.id(nextId - 1);
    }

    void putTag(ObjectNode tag) {
        Map<String, ObjectNode> tags = new LinkedHashMap<>(current().tags());
        tags.put(Objects.requireNonNull(SandboxJson.text(tag, "_id")), tag);
        write(new StoreState(tags, current().contacts()));
    }

    void putContact(ContactDocument contact) {
        Map<String, ContactDocument> contacts = new LinkedHashMap<>(current().contacts());
        contacts.put(contact.id(), contact);
        write(new StoreState(current().tags(), contacts));
    }

    /** Restores the scenario. Ids are not used a second time, as callers may know the objects that had them. */
    void reset() {
        resetAt = clock.instant();
        current = null;
        previous = null;
        staleReads = 0;
    }

    private void write(StoreState changed) {
        previous = current();
        current = changed;
        staleReads = options().staleReads();
    }
}
