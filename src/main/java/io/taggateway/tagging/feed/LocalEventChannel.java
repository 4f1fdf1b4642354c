package io.taggateway.tagging.feed;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A channel within this process. */
final class LocalEventChannel<T> implements EventChannel<T> {

    private final Sinks.Many<List<T>> sink = Sinks.many().multicast().directBestEffort();

    /** Subscribers only queue events, so this does not block. */
    @Override
    public synchronized void publish(List<T> events) {
        Sinks.EmitResult result = sink.tryEmitNext(events);
        if (result == Sinks.EmitResult.FAIL_NON_SERIALIZED || result == Sinks.EmitResult.FAIL_OVERFLOW) {
            throw new IllegalStateException("An event was not published: " + result);
        }
    }

    @Override
    public Flux<List<T>> events() {
        return sink.asFlux();
    }

    @Override
    public int listeners() {
        return sink.currentSubscriberCount();
    }

    @Override
    public synchronized void end() {
        sink.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
