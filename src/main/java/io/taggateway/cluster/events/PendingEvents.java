package io.taggateway.cluster.events;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The publications of one channel that Redis has not returned yet. They are delivered in their order. */
final class PendingEvents<T> {

    private final NavigableMap<Long, List<T>> publications = new TreeMap<>();
    private final Consumer<List<T>> subscribers;

    PendingEvents(Consumer<List<T>> subscribers) {
        this.subscribers = subscribers;
    }

    /**
     * Adds a publication.
     *
     * @param number higher than that of earlier publications
     */
    synchronized void add(long number, List<T> events) {
        publications.put(number, events);
    }

    /** Removes a publication that is not to be delivered. */
    synchronized void remove(long number) {
        publications.remove(number);
    }

    /** Delivers a publication, and before it the earlier ones that Redis has not returned either. */
    synchronized void deliver(long number) {
        NavigableMap<Long, List<T>> earlier = publications.headMap(number, true);
        for (var next = earlier.pollFirstEntry(); next != null; next = earlier.pollFirstEntry()) {
            subscribers.accept(next.getValue());
        }
    }

    /** Delivers likewise, but of this publication only the events that Redis has accepted. */
    synchronized void deliver(long number, EventMessage returned) {
        deliver(number - 1);
        List<T> events = publications.remove(number);
        if (events != null) {
            subscribers.accept(returned.delivered(events));
        }
    }
}
