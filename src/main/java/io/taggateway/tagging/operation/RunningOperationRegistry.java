package io.taggateway.tagging.operation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The operations that run now, so that a shutdown can wait until none does. */
@Component
public class RunningOperationRegistry {

    private final Set<OperationCancellation> running = ConcurrentHashMap.newKeySet();
    private final Set<MonoSink<Void>> waiting = ConcurrentHashMap.newKeySet();

    /** How many operations run. */
    public int count() {
        return running.size();
    }

    /** Completes as soon as no operation runs. */
    public Mono<Void> idle() {
        return Mono.create(sink -> {
            waiting.add(sink);
            sink.onDispose(() -> waiting.remove(sink));
            notifyIfIdle();
        });
    }

    /**
     * Adds an operation, which runs until it is cancelled and none of its writes is in progress.
     *
     * @param release what is done then
     */
    public void begin(OperationContext operation, Runnable release) {
        OperationCancellation cancellation = operation.cancellation();
        running.add(cancellation);
        cancellation.ended().subscribe(null, null, () -> {
            running.remove(cancellation);
            release.run();
            notifyIfIdle();
        });
    }

    private void notifyIfIdle() {
        if (running.isEmpty()) {
            waiting.forEach(MonoSink::success);
        }
    }
}
