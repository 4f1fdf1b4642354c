package io.taggateway.tagging.operation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The running operations, whose end a shutdown awaits. */
@Component
public class RunningOperationRegistry {

    private final Set<OperationCancellation> running = ConcurrentHashMap.newKeySet();
    private final Set<MonoSink<Void>> waiting = ConcurrentHashMap.newKeySet();

    /** The number of running operations. */
    public int count() {
        return running.size();
    }

    /** Completes as soon as no operation is running. */
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
     * @param release runs at its end
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
