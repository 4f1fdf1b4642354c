package io.taggateway.cluster.events;

import io.taggateway.cluster.events.EventFormat.State;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects whose last event of this replica was not published, so that the state in Redis differs from the one that
 * its subscribers have received. At most 10,000 are recorded.
 */
final class UnpublishedStateLog {

    private static final int MAX_OBJECTS = 10_000;

    /** By object, the number of its last publication that failed. */
    private final Map<String, Long> failed = new ConcurrentHashMap<>();

    /** A publication failed. */
    void add(List<State> states, long publication) {
        states.stream()
                .map(State::id)
                .filter(id -> failed.size() < MAX_OBJECTS || failed.containsKey(id))
                .forEach(id -> failed.merge(id, publication, Math::max));
    }

    boolean contains(State state) {
        return failed.containsKey(state.id());
    }

    /** A publication succeeded. It may be older than one that failed. */
    void remove(List<State> states, long publication) {
        states.forEach(state -> failed.computeIfPresent(state.id(), (id, last) -> last <= publication ? null : last));
    }
}
