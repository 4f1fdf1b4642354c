package io.taggateway.tagging.operation;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The operations that run now, so that tests, and later a shutdown, can wait until none does. */
@Component
public class RunningOperations {

    /** An operation runs as long as any of its publishers: a subscription's events outlast its first response. */
    private final Map<OperationContext, Integer> publishers = new ConcurrentHashMap<>();

    private final Set<MonoSink<Void>> waiting = ConcurrentHashMap.newKeySet();

    /** How many operations run. */
    public int count() {
        return publishers.size();
    }

    /** Completes as soon as no operation runs. */
    public Mono<Void> idle() {
        return Mono.create(sink -> {
            waiting.add(sink);
            sink.onDispose(() -> waiting.remove(sink));
            notifyIfIdle();
        });
    }

    /** The response to an operation, which runs until then. */
    public <T> Mono<T> track(OperationContext operation, Mono<T> response) {
        return Mono.defer(() -> {
            enter(operation);
            return response.doFinally(signal -> leave(operation));
        });
    }

    /** The events of an operation, which runs as long as they are subscribed to. */
    public <T> Flux<T> track(OperationContext operation, Flux<T> events) {
        return Flux.defer(() -> {
            enter(operation);
            return events.doFinally(signal -> leave(operation));
        });
    }

    private void enter(OperationContext operation) {
        publishers.merge(operation, 1, Integer::sum);
    }

    private void leave(OperationContext operation) {
        publishers.computeIfPresent(operation, (key, count) -> count == 1 ? null : count - 1);
        notifyIfIdle();
    }

    private void notifyIfIdle() {
        if (publishers.isEmpty()) {
            waiting.forEach(MonoSink::success);
        }
    }
}
