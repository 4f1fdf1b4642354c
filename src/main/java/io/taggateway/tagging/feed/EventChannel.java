package io.taggateway.tagging.feed;

import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/** Carries one kind of event to all subscribers, in the order of publication. */
public interface EventChannel<T> {

    /**
     * Publishes events that were detected together. It does not wait for subscribers; without any, the events are
     * dropped.
     */
    void publish(List<T> events);

    /**
     * The events from now on, until the channel ends; completes at once if it has ended. It does not support
     * backpressure: subscribers must buffer what they do not request.
     */
    Flux<List<T>> events();

    /** Calls a listener with the events of other processes, before subscribers receive them. */
    default void onRemote(Consumer<List<T>> listener) {
        // A channel within this process has no such events
    }

    /** The number of subscribers in this process. */
    int listeners();

    /** Completes all subscribers in this process. */
    void end();

    /** A channel within this process. */
    static <T> EventChannel<T> inProcess() {
        return new LocalEventChannel<>();
    }
}
