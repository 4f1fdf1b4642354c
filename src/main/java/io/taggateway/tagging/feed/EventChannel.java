package io.taggateway.tagging.feed;

import java.util.List;
import reactor.core.publisher.Flux;

/** Carries one kind of event to all who listen, in the order in which they are published. */
public interface EventChannel<T> {

    /** Publishes events that were found out at once. Waits for no listener; without one, they are gone. */
    void publish(List<T> events);

    /**
     * What is published from now on, until the channel ends; at once where it has ended. It knows no backpressure: who
     * asks for less than is published has to keep the rest.
     */
    Flux<List<T>> events();

    /** How many listen in this process. */
    int listeners();

    /** Completes all listeners of this process. */
    void end();
}
